// Two tabs of one browser.
import assert from 'node:assert/strict';

import { follow, me } from './accounts.mjs';
import { call, entry, remove, said, until, write } from './visit.mjs';

const field = (page) => page.locator('textarea').first();

export const tabs = {
  'two tabs, one field: what one sends or writes over is not lost to the other': (at) => twoTabs(at, 1),
  'the same on a processor that is four times slower': (at) => twoTabs(at, 4),

  async 'deleted in another tab: deleting it here is no failure'(at) {
    const { page, context } = await at.guest();
    await write(page, '두 번 지울 글');
    await entry(page, '두 번 지울 글').locator('a.comments').click();
    await page.waitForURL('**/post/*');
    await write(page, '두 번 지울 댓글');
    await entry(page, '두 번 지울 댓글').waitFor();
    const other = await context.newPage();
    await other.goto(page.url());
    await entry(other, '두 번 지울 댓글').waitFor();
    await page.bringToFront();
    for (const tab of [other, page]) {
      await remove(tab, '두 번 지울 댓글');
      await said(tab, at.says.removed);
      assert.equal(await entry(tab, '두 번 지울 댓글').count(), 0);
      await tab.locator('.comments .number', { hasText: '0' }).waitFor();
    }
    for (const tab of [other, page]) {
      await remove(tab, '두 번 지울 글');
      await tab.waitForURL(`${at.program.url}/`);
      await said(tab, at.says.removed);
      await tab.locator('article').first().waitFor();
      assert.equal(await entry(tab, '두 번 지울 글').count(), 0);
    }
  },

  async 'another tab becomes somebody else: this one says so and does nothing in that name'(at) {
    const user = await at.program.createUser();
    const { page, context } = await at.page();
    await follow(at, page, user);
    await field(page).fill('회원의 초안');
    const other = await context.newPage();
    await follow(at, other, await at.program.createUser());
    const now = await me(other);
    assert.notEqual(now.userId, user);
    await page.locator('.notice', { hasText: at.says.accountChanged }).waitFor();
    assert.equal(await field(page).inputValue(), '');
    assert.equal((await me(page)).userId, now.userId);
    const { data } = await call(page, 'GET', `/api/v1/feeds/profile?userId=${now.userId}`);
    assert.deepEqual(data.feeds, []);
  }
};

async function twoTabs(at, slower) {
  const { page: one, context } = await at.guest();
  const slow = async (page) => {
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower });
  };
  await slow(one);
  const kept = (page) =>
    page.evaluate(() =>
      Object.keys(localStorage)
        .filter((key) => key.startsWith('draft:'))
        .map((key) => JSON.parse(localStorage.getItem(key)).text)
        .join()
    );
  const send = async (page, text) => {
    await page.locator('form button.primary').first().click();
    await entry(page, text).first().waitFor();
  };
  await field(one).fill('첫째 탭에서');
  const two = await context.newPage();
  await slow(two);
  await two.goto(`${at.program.url}/`);
  await two.locator('article').first().waitFor();
  assert.equal(await field(two).inputValue(), '첫째 탭에서');
  await field(two).fill('둘째 탭에서');
  await send(two, '둘째 탭에서');
  await one.reload();
  assert.equal(await field(one).inputValue(), '첫째 탭에서');

  // Written over and not sent: both are there.
  await field(two).fill('둘째 탭에서 또');
  await one.reload();
  assert.equal(await field(one).inputValue(), '둘째 탭에서 또\n\n첫째 탭에서');

  // What both show is sent once.
  await two.reload();
  assert.equal(await field(two).inputValue(), await field(one).inputValue());
  await two.locator('form button.primary').first().click();
  await until(async () => (await field(one).inputValue()) === '', 'the first tab lets it go');
  await two.locator('article:not([aria-busy=true])', { hasText: '둘째 탭에서 또' }).first().waitFor();
  await one.reload();
  assert.equal(await field(one).inputValue(), '');

  // Who signs out takes along what is typed anywhere.
  await field(one).fill('다음 사람에게 보이지 않을 글');
  await two.goto(`${at.program.url}/settings`);
  await two.locator('#sign-out').click();
  await two.locator('dialog button.primary').click();
  await two.waitForURL('**/login');
  // The other tab learns of it by itself.
  await one.waitForURL('**/login?next=*status=ended-elsewhere');
  assert.equal(await kept(one), '');
}
