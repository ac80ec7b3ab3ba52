// Texts as nobody should write them. All of them are text, and none breaks the page.
import assert from 'node:assert/strict';

import { call, entry, overflow, paste, said, until, write } from './visit.mjs';

const field = (page) => page.locator('textarea').first();
const send = (page) => page.locator('form button.primary').first();

export const badInput = {
  async 'markup is shown as text, in posts, comments, edits and drafts'(at) {
    const { page } = await at.guest();
    const texts = ['<img src=x onerror=alert(1)>', '<script>alert(1)</script>', '&lt;b&gt; {@html x} ${1} %3Cb%3E'];
    page.on('dialog', () => assert.fail('markup was run'));
    for (const text of texts) {
      await write(page, text);
      await entry(page, text).waitFor();
    }
    await entry(page, texts[0]).locator('a.comments').click();
    await page.waitForURL('**/post/*');
    for (const text of texts) {
      await write(page, text);
      await entry(page, text).last().waitFor();
    }
    await field(page).fill(texts[0]);
    await page.reload();
    await entry(page, texts[2]).waitFor();
    assert.equal(await field(page).inputValue(), texts[0]);
    assert.equal(await page.locator('main img, main script, main b').count(), 0);
  },

  async 'the limit is 600 code points, with what is left in sight'(at) {
    const { page } = await at.guest();
    const left = page.locator('.left').first();
    // One, two and four bytes; one and two UTF-16 units; letters of several code points.
    for (const letter of ['a', '돈', '😀']) {
      await field(page).fill(letter.repeat(595));
      assert.equal((await left.innerText()).trim(), at.says.remaining(5));
      await field(page).fill(letter.repeat(601));
      assert.equal((await left.innerText()).trim(), at.says.over(1));
      assert.equal(await send(page).isDisabled(), true);
      assert.equal(await field(page).getAttribute('aria-invalid'), 'true');
      await field(page).fill(letter.repeat(600));
      assert.equal((await left.innerText()).trim(), at.says.remaining(0));
      await send(page).click();
      await page.locator('article:not([aria-busy=true]) .text', { hasText: letter.repeat(600) }).first().waitFor();
      // The server counts the same.
      assert.equal((await call(page, 'POST', '/api/v1/feeds', { content: letter.repeat(601) })).status, 400);
    }
    await field(page).fill('👨‍👩‍👧'.repeat(119) + 'e\u0301'.repeat(2));
    assert.equal((await left.innerText()).trim(), at.says.remaining(3));
    // Syllables of a keyboard that sends them in their parts.
    await field(page).fill('\u1112\u1161\u11ab'.repeat(600));
    assert.equal((await left.innerText()).trim(), at.says.remaining(0));
    await send(page).click();
    await page.locator('article:not([aria-busy=true]) .text', { hasText: '한'.repeat(600) }).first().waitFor();
    assert.equal((await call(page, 'POST', '/api/v1/feeds', { content: '\u1112\u1161\u11ab\r\n' })).data.content, '한\n');
    await field(page).fill(' \n\u200b');
    assert.equal(await send(page).isDisabled(), true, 'blank is no text');
  },

  async 'blank lines around a text are neither counted nor sent'(at) {
    const { page } = await at.guest();
    const left = page.locator('.left').first();
    const text = ' 들여 쓴 줄\n\n끝';
    const around = `\n\n \n${text} \n\n\n`;
    const shown = page.locator('article:not([aria-busy=true]) .text', { hasText: '들여 쓴 줄' });
    const sent = async (place) => {
      await field(page).fill(around);
      assert.equal((await left.innerText()).trim(), at.says.remaining(600 - [...text].length));
      await send(page).click();
      await shown.nth(place).waitFor();
      assert.equal(await shown.nth(place).evaluate((each) => each.textContent), text);
    };
    await sent(0);
    await field(page).fill(`\n${'가'.repeat(600)}\n`);
    assert.equal(await send(page).isDisabled(), false);
    await field(page).fill('');
    await page.locator('article:not([aria-busy=true])', { hasText: '들여 쓴 줄' }).locator('a.comments').click();
    await page.waitForURL('**/post/*');
    await sent(1);
    await page.locator('.menu button').first().click();
    await page.locator('.items button').first().click();
    const editing = page.locator('article textarea');
    assert.equal(await editing.inputValue(), text);
    await editing.fill(`${text}\n\n`);
    assert.equal(await page.locator('article form button.primary').isDisabled(), true, 'nothing to save');
  },

  async 'pasted control characters are left out'(at) {
    const { page } = await at.guest();
    await paste(page, field(page), 'a\u0001b\u001b[31mc\u007fd\u0085e\r\nf\tg');
    await until(async () => (await field(page).inputValue()) === 'ab[31mcde\nf\tg', 'the cleaned text');
    await send(page).click();
    const shown = page.locator('article:not([aria-busy=true]) .text', { hasText: 'ab[31mcde' }).first();
    await shown.waitFor();
    assert.equal(await shown.evaluate((text) => text.textContent), 'ab[31mcde\nf\tg');
  },

  async 'a paste of 100 kB: its beginning is taken, counted, not sent, and nothing becomes slow'(at) {
    const { page } = await at.guest();
    const started = Date.now();
    await paste(page, field(page), ' 가나다'.repeat(25_000));
    await page.locator('.left', { hasText: at.says.over(5000 - 600) }).first().waitFor();
    await said(page, '');
    assert.equal(await send(page).isDisabled(), true);
    assert.ok((await page.locator('form').first().boundingBox()).height < page.viewportSize().height, 'it scrolls inside');
    assert.ok((await overflow(page)) <= 0);
    await page.keyboard.press('Backspace');
    await page.locator('.left', { hasText: at.says.over(4999 - 600) }).first().waitFor();
    await page.keyboard.press('ControlOrMeta+Enter');
    assert.ok(Date.now() - started < 15_000, `it takes ${Date.now() - started} ms`);
    assert.equal(await page.locator('article[aria-busy=true]').count(), 0);
    await page.reload();
    await page.locator('article').first().waitFor();
    assert.equal((await field(page).inputValue()).length, 4999, 'kept as a draft');
    // Set by other means than the clipboard.
    await field(page).fill('x'.repeat(100_000));
    assert.equal((await field(page).inputValue()).length, 5000);
  },

  async 'right-to-left text runs its way and turns nothing else around'(at) {
    const { page } = await at.guest();
    const hebrew = 'שלום עולם, זה הפוסט הראשון שלי';
    await write(page, hebrew);
    await entry(page, hebrew).waitFor();
    const starts = await entry(page, hebrew).locator('.text').evaluate((text) => {
      const range = document.createRange();
      range.selectNodeContents(text);
      const [line] = range.getClientRects();
      const box = text.getBoundingClientRect();
      return { left: line.left - box.left, right: box.right - line.right };
    });
    assert.ok(starts.right < 1 && starts.left > 1, JSON.stringify(starts));
    // An override that is never closed ends with its text.
    const override = '\u202eabc\u2067def';
    await write(page, override);
    const turned = page.locator('article:not([aria-busy=true])', { hasText: 'abc' }).first();
    await turned.waitFor();
    const places = await turned.evaluate((article) => {
      const left = (selector) => article.querySelector(selector).getBoundingClientRect().left;
      return { name: left('.name'), text: left('.text'), like: left('footer button'), comments: left('a.comments') };
    });
    assert.ok(places.name === places.text && places.like < places.comments, JSON.stringify(places));
    assert.ok((await overflow(page)) <= 0);
  },

  async 'no word is too long'(at) {
    const { page } = await at.guest();
    const texts = ['W'.repeat(600), 'ㅋ'.repeat(600), `https://example.test/${'a/'.repeat(280)}`, 'Z\u0351\u0352\u0357\u035b'.repeat(119)];
    for (const text of texts) await call(page, 'POST', '/api/v1/feeds', { content: text });
    await page.reload();
    await page.locator('article').nth(4).waitFor();
    for (const width of [page.viewportSize().width, 320]) {
      await page.setViewportSize({ width, height: 844 });
      assert.ok((await overflow(page)) <= 0, `the feed at ${width}`);
      const wide = await page.evaluate(() => {
        const right = document.querySelector('main').getBoundingClientRect().right + 1;
        return [...document.querySelectorAll('article :not(.menu *)')].filter((each) => each.getBoundingClientRect().right > right).length;
      });
      assert.equal(wide, 0, `wider than their column at ${width}`);
    }
    for (const place of [3, 0]) {
      await page.locator('article').nth(place).locator('a.comments').click();
      await page.waitForURL('**/post/*');
      await write(page, texts[3 - place]);
      await page.locator('article').nth(1).waitFor();
      assert.ok((await overflow(page)) <= 0, 'the post');
      await page.goBack();
      await page.waitForURL(`${at.program.url}/`);
      await page.locator('article').nth(4).waitFor();
    }
  }
};
