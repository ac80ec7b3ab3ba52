// What hands, keys and the eye reach: focus, the bar, menus, half-typed syllables, questions before what cannot be undone.
import assert from 'node:assert/strict';

import { entry, until, write } from './visit.mjs';

export const reach = {
  async 'the bar is over nothing that has the focus, nor over an open menu'(at) {
    const { page } = await at.guest();
    await write(page, '아래쪽의 글');
    await entry(page, '아래쪽의 글').waitFor();
    const bar = await page.locator('nav').evaluate((nav) => (innerWidth < 960 ? nav.getBoundingClientRect().top : innerHeight));
    const covered = [];
    for (let n = 0; n < 45; n++) {
      await page.keyboard.press('Tab');
      const { bottom, what } = await page.evaluate(() => {
        const active = document.activeElement;
        if (active.closest('nav')) return { bottom: 0, what: '' };
        return { bottom: active.getBoundingClientRect().bottom, what: active.outerHTML.slice(0, 80) };
      });
      if (bottom > bar) covered.push(`${bottom} ${what}`);
    }
    assert.deepEqual(covered, []);
    // The entry as low as it gets while its dots can still be tapped.
    const dots = entry(page, '아래쪽의 글').locator('.dots');
    await dots.evaluate((button, foot) => {
      document.body.style.setProperty('padding-top', '100vh');
      scrollTo(0, scrollY + button.getBoundingClientRect().bottom - foot);
    }, bar);
    await dots.click();
    const lowest = page.locator('.items');
    await lowest.waitFor();
    await until(() => lowest.evaluate((items, foot) => items.getBoundingClientRect().bottom <= foot, bar), 'the menu is in sight');
  }
};
