// What admins do besides moderating: the rules of what is held, and the trail of who did what.
import assert from 'node:assert/strict';

import { answer, choose, focused, openQueue, post, report, somebody } from './moderating.mjs';
import { nodeAnswer } from './node-screens.mjs';
import { call, entry, said, until } from './visit.mjs';

export const overseeing = {
  async 'rules: what is wrong is said at its field, two tabs lose nothing, and a held text is released'(at) {
    const [{ page, context }, { page: author }, { page: reader }] = [await somebody(at, 'ADMIN'), await somebody(at), await somebody(at)];
    const words = (tab) => tab.locator('#words');
    const save = async (tab) => {
      await tab.locator('form button.primary').click();
      await said(tab, at.says.rulesSaved);
    };
    const open = async (tab) => {
      await tab.goto(`${at.program.url}/moderation/rules`);
      await words(tab).waitFor();
    };
    await open(page);
    await words(page).fill('가\n보류낱말');
    await page.locator('#words-fault', { hasText: '가' }).waitFor();
    assert.equal(await page.locator('form button.primary').isDisabled(), true);
    await words(page).fill('보류낱말');
    await page.locator('#hours').fill('721');
    await page.locator('#hours-fault').filter({ hasText: /\d/ }).waitFor();
    await page.locator('#hours').fill('48');
    await save(page);

    const other = await context.newPage();
    await open(other);
    await words(page).fill('보류낱말\n첫탭낱말');
    await words(other).fill('보류낱말\n둘째탭낱말');
    await save(other);
    await page.locator('form button.primary').click();
    await page.locator('.status[role=status]', { hasText: '둘째탭낱말' }).waitFor();
    assert.deepEqual((await words(page).inputValue()).split('\n').sort(), ['둘째탭낱말', '보류낱말', '첫탭낱말'].sort());
    await save(page);
    const rules = (await call(page, 'GET', '/api/v1/admin/rules')).data;
    assert.deepEqual([rules.words.length, rules.newcomerHours], [3, 48]);
    // What is not saved is there after another screen was looked at.
    await words(page).fill('지울낱말');
    await page.locator('a[href="/moderation/audit"]').click();
    await page.locator('article').first().waitFor();
    await page.locator('a[href="/moderation/rules"]').click();
    assert.equal(await words(page).inputValue(), '지울낱말');
    await page.locator('form button.plain').click();
    await page.locator('form button.primary:disabled').waitFor();
    await page.route('**/admin/rules', (route) =>
      route.request().method() === 'PUT' ? route.fulfill({ status: 400, json: { resultCode: 'F-400', message: '서버의 말', data: null } }) : route.continue()
    );
    await words(page).fill('다른낱말');
    await page.locator('form button.primary').click();
    await page.locator('#words-fault', { hasText: '서버의 말' }).waitFor();
    assert.equal(await focused(words(page)), true);
    await page.unroute('**/admin/rules');
    await page.locator('form button.plain').click();

    const id = await post(author, '여기 보류낱말이 있습니다');
    assert.equal((await call(reader, 'GET', `/api/v1/feeds/${id}`)).status, 404);
    await page.locator('a[href="/moderation"]').last().click();
    await choose(page, '여기 보류낱말이 있습니다', at.says.release);
    await said(page, at.says.shown);
    assert.equal((await call(reader, 'GET', `/api/v1/feeds/${id}`)).status, 200);
    await call(page, 'PUT', '/api/v1/admin/rules', { ...rules, words: [] });
  },

  async 'the most reported come first, pages are read on, and the trail names who did what; from it a comment comes back'(at) {
    const [{ page: author }, { page: reader }, { page: moderator }, { page, user }] = [
      await somebody(at),
      await somebody(at),
      await somebody(at, 'MODERATOR'),
      await somebody(at, 'ADMIN')
    ];
    const ids = [];
    for (let n = 0; n < 23; n++) ids.push(await post(author, `차례 ${n}`));
    for (const id of ids) await report(reader, id);
    await report(moderator, ids[3], 'HATE');
    await openQueue(at, page);
    await page.locator('article').nth(19).scrollIntoViewIfNeeded();
    await until(async () => (await page.locator('article').count()) >= 23, 'the second page is read');
    await page.locator('.order button').nth(1).click();
    await page.locator('article').first().getByText('차례 3', { exact: true }).waitFor();
    assert.equal(new URL(page.url()).searchParams.get('order'), 'reported');

    const { commentId } = (await call(author, 'POST', '/api/v1/comments', { feedId: ids[0], content: '숨겼다 보일 댓글' })).data;
    await call(page, 'POST', `/api/v1/admin/comments/${commentId}/hide`, { reason: '잘못 봄' });
    await page.locator('a[href="/moderation/audit"]').click();
    const row = page.locator('article', { hasText: '잘못 봄' });
    await row.locator(`a[href="/profile/${user}"]`).waitFor();
    await row.locator('button').click();
    await answer(page, '괜찮음');
    await said(page, at.says.shown);
    assert.equal((await call(reader, 'GET', `/api/v1/comments/${ids[0]}`)).data.comments.length, 1);
    await page.locator('article', { hasText: '괜찮음' }).waitFor();
    for (const id of ids) await call(author, 'DELETE', `/api/v1/feeds/${id}`);
  },

  async 'an unlinked post: who wrote it is looked at for a reason, and is stopped without anybody learning it'(at) {
    const [{ page: author, user }, { page }, { page: moderator }] = [
      await somebody(at),
      await somebody(at, 'ADMIN'),
      await somebody(at, 'MODERATOR')
    ];
    const text = '이름을 잇지 않은 글';
    const { feedId } = (await call(author, 'POST', '/api/v1/feeds', { content: text, unlinked: true })).data;
    const menu = async (each) => {
      await each.goto(`${at.program.url}/post/${feedId}`);
      await entry(each, text).locator('.dots').click();
    };
    await menu(moderator);
    assert.equal(await moderator.locator('.items').getByText(at.says.menuLook).count(), 0, 'admins alone');
    await menu(page);
    await page.locator('.items').getByText(at.says.menuLook).click();
    const shown = page.locator('dialog[open]');
    await shown.getByText(at.says.writtenDown).waitFor();
    assert.equal(await shown.locator('button.primary').isDisabled(), true, 'not without a reason');
    await shown.locator('textarea').fill('수사 기관의 요청');
    await shown.locator('button.primary').click();
    const found = shown.locator(`a[href="/profile/${user}"]`);
    await found.waitFor();
    await until(() => focused(shown.locator('.found')), 'on what was found');
    await found.click();
    await page.waitForURL(`**/profile/${user}`);
    assert.equal(await page.locator('dialog').count(), 0);
    const looks = (await call(page, 'GET', '/api/v1/admin/audit')).data.entries.filter(({ action }) => action === 'LOOK');
    assert.ok(looks.some(({ reason }) => reason === '수사 기관의 요청'), 'each look is written down');

    await moderator.locator('.items').getByText(at.says.menuStop).click();
    await answer(moderator, '도배');
    await until(async () => (await call(moderator, 'GET', `/api/v1/feeds/${feedId}`)).status === 404, 'out of sight');
    assert.equal((await call(author, 'POST', '/api/v1/feeds', { content: '또 쓴 글' })).status, 403);
    assert.equal((await call(author, 'GET', `/api/v1/feeds/${feedId}`)).data.isMine, true);
  },

  async 'the node: how it is, drawn, asked again while somebody looks, and its age when nobody answers'(at) {
    const { page, context } = await somebody(at, 'ADMIN');
    await page.clock.install();
    let asked = 0;
    page.on('request', (request) => (asked += request.url().endsWith('/api/v1/admin/status') ? 1 : 0));
    await page.locator('nav a[href="/settings"]').click();
    await page.locator('#moderation').click();
    await page.getByRole('link', { name: at.says.nodeStatus, exact: true }).click();
    await page.waitForURL('**/status');
    await page.locator('[data-told]').waitFor();
    const { data: told } = await call(page, 'GET', '/api/v1/admin/status');
    await page.getByText(told.text, { exact: true }).waitFor();
    await page.getByText(told.version).first().waitFor();
    // The program of the flows may have run for minutes.
    if (told.history.requests.length === 0) await page.getByText(at.says.nodeJustStarted).waitFor();
    else await page.locator('figure polyline').first().waitFor({ state: 'attached' });
    await page.locator('summary').click();
    await page.getByRole('row', { name: 'asset-refresh' }).waitFor();

    // What is on its way is not asked for beside it: on a busy machine one tick may pass for nothing.
    const ticks = async (locator, what) =>
      until(async () => {
        if ((await locator.count()) > 0) return true;
        await page.clock.fastForward(21_000);
        return false;
      }, what);
    const first = await page.locator('[data-told]').getAttribute('data-told');
    await ticks(page.locator(`[data-told]:not([data-told="${first}"])`), 'it is asked again');

    await page.route('**/api/v1/admin/status', (route) => route.fulfill(nodeAnswer(at, 'DEGRADED')));
    await ticks(page.getByText('http://10.0.0.3:8092: no connection: Connection refused'), 'what is wrong now is shown');
    await page.getByText(at.says.nodeDegraded, { exact: true }).waitFor();
    await page.getByText(at.says.otherNode).waitFor();
    assert.equal(await page.locator('figure').count(), 5);
    assert.ok((await page.locator('figure polyline').count()) >= 7, 'minutes that nobody timed are no line');

    // Who does not look asks for nothing.
    const visible = (state) =>
      page.evaluate((now) => Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => now }), state);
    await visible('hidden');
    await page.clock.fastForward(100);
    const before = asked;
    await page.clock.fastForward(61_000);
    assert.equal(asked, before);
    await visible('visible');

    await context.setOffline(true);
    await ticks(page.locator('[data-as-of]', { hasText: at.says.offlineAsOf }), 'its age is said');
    await page.getByText(at.says.nodeDegraded, { exact: true }).waitFor();
    await page.unroute('**/api/v1/admin/status');
    await context.setOffline(false);
    await ticks(page.locator('[data-told]'), 'it is told again');

    // Whoever may not any more is told, and reads nothing new.
    await page.route('**/api/v1/admin/status', (route) => route.fulfill({ status: 403, json: { resultCode: 'F-403', message: '서버의 말', data: null } }));
    await ticks(page.getByText('서버의 말'), 'why nothing new comes');
  }
};
