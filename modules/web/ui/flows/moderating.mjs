// What moderators do: the queue, and the menus of what they come across.
import assert from 'node:assert/strict';

import { follow } from './accounts.mjs';
import { call, entry, said, until } from './visit.mjs';

export const reported = (page, text) => page.locator('article[data-entry]', { hasText: text });
const dialog = (page) => page.locator('dialog[open]');
export const focused = (locator) => locator.evaluate((element) => element === document.activeElement);

/** Somebody new of that role, signed in. */
export async function somebody(at, role = 'USER') {
  const user = await at.program.createUser();
  if (role !== 'USER') await at.program.promote(user, role);
  const { page, context } = await at.page();
  await follow(at, page, user);
  return { page, context, user };
}

export const post = async (page, content) => (await call(page, 'POST', '/api/v1/feeds', { content })).data.feedId;
export const report = (page, targetId, reason = 'SPAM', text = '', targetType = 'FEED') =>
  call(page, 'POST', '/api/v1/reports', { targetType, targetId, reason, text });

/** The queue, with one of its tabs open. */
export async function openQueue(at, page, tab = 'members') {
  await page.goto(`${at.program.url}/moderation${tab === 'members' ? '' : `?tab=${tab}`}`);
  await page.locator(`#tab-${tab}[aria-selected=true]`).waitFor();
  await until(async () => (await page.locator('#cases .loading').count()) === 0, 'the list is read');
}
/** Presses a button of a case. */
export const choose = (page, text, choice) => reported(page, text).getByRole('button', { name: choice, exact: true }).click();

/** Gives the reason that a dialog asks for. */
export async function answer(page, reason) {
  await dialog(page).locator('textarea').fill(reason);
  await dialog(page).locator('button.primary').click();
  await dialog(page).waitFor({ state: 'detached' });
}

export const moderating = {
  async 'only moderators are led there; to others the address leads nowhere, and their pages load nothing of it'(at) {
    const { page: member } = await somebody(at);
    assert.equal(await member.locator('nav a[href="/moderation"]').count(), 0);
    // Neither the page nor its service worker, which fetches ahead what any member may need.
    await member.evaluate(() => navigator.serviceWorker.ready);
    const fetched = await member.evaluate(async () => {
      const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
      return [...kept.flat().map(({ url }) => url), ...performance.getEntriesByType('resource').map(({ name }) => name)];
    });
    assert.ok(fetched.length > 5);
    assert.deepEqual(fetched.filter((url) => url.includes('/moderation-')), []);
    for (const path of ['/moderation', '/moderation/rules', '/moderation/audit', '/status']) {
      await member.goto(`${at.program.url}${path}`);
      await member.locator('.message', { hasText: at.says.notFound }).waitFor();
      assert.equal(await member.locator('[role=tab], form').count(), 0);
    }
    const { page } = await somebody(at, 'MODERATOR');
    assert.equal(await page.locator('nav a[href="/moderation"]').isVisible(), at.size !== 'phone', 'no room for it in the bar');
    await page.locator('nav a[href="/settings"]').click();
    await page.locator('#moderation').click();
    await page.locator('#tab-members').waitFor();
    const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    assert.ok(loaded.some((url) => url.includes('/moderation-')), 'moderators load it');
    for (const path of ['/moderation/rules', '/moderation/audit', '/status']) {
      await page.goto(`${at.program.url}${path}`);
      await page.locator('.message', { hasText: at.says.notFound }).waitFor();
    }
  },

  async 'a report is decided: hidden with a reason that its author is told, undone, and in the list of what was decided'(at) {
    const [{ page: author }, { page: reader }, { page: guest }, { page }] = [
      await somebody(at),
      await somebody(at),
      await at.guest(),
      await somebody(at, 'MODERATOR')
    ];
    const id = await post(author, '광고가 든 글');
    await report(reader, id, 'SPAM', '광고만 올려요');
    await report(guest, id, 'ABUSE');
    await openQueue(at, page);
    const shown = reported(page, '광고가 든 글');
    await shown.waitFor();
    assert.match(await shown.locator('.reasons').innerText(), new RegExp(`${at.says.spam}[^]*${at.says.abuse}`));
    await shown.locator('button[aria-expanded]').last().click();
    await shown.getByText('광고만 올려요').waitFor();

    await choose(page, '광고가 든 글', at.says.hide);
    // What it was reported for is what is offered first.
    await dialog(page).getByRole('button', { name: at.says.spam, exact: true }).click();
    assert.equal(await dialog(page).locator('textarea').inputValue(), at.says.spam);
    await dialog(page).locator('button.primary').click();
    await shown.waitFor({ state: 'detached' });
    assert.equal((await call(reader, 'GET', `/api/v1/feeds/${id}`)).status, 404);
    const { notifications } = (await call(author, 'GET', '/api/v1/notifications')).data;
    assert.ok(notifications.some(({ kind, text }) => kind === 'MODERATION' && text.includes(at.says.spam)));

    await page.locator('.notice button', { hasText: at.says.undo }).click();
    await said(page, at.says.undone);
    assert.equal((await call(reader, 'GET', `/api/v1/feeds/${id}`)).status, 200);
    await page.locator('#tab-closed').click();
    await reported(page, '광고가 든 글').getByText(at.says.hidden).waitFor();
  },

  async 'two moderators at once: who is later is told so, and the case leaves the list'(at) {
    const [{ page: author }, { page: reader }, { page: first }, { page: second }] = [
      await somebody(at),
      await somebody(at),
      await somebody(at, 'MODERATOR'),
      await somebody(at, 'MODERATOR')
    ];
    for (const text of ['둘이 같이 보는 글', '둘이 다르게 보는 글', '그 사이 지운 글']) await report(reader, await post(author, text));
    for (const page of [first, second]) await openQueue(at, page);
    for (const text of ['둘이 같이 보는 글', '둘이 다르게 보는 글']) {
      await choose(first, text, at.says.leave);
      await reported(first, text).waitFor({ state: 'detached' });
    }
    await choose(second, '둘이 같이 보는 글', at.says.leave);
    await said(second, at.says.decidedSame);
    await choose(second, '둘이 다르게 보는 글', at.says.hide);
    await answer(second, '광고');
    await said(second, at.says.decidedOtherwise);
    const { feeds } = (await call(author, 'GET', '/api/v1/feeds')).data;
    await call(author, 'DELETE', `/api/v1/feeds/${feeds.find(({ content }) => content === '그 사이 지운 글').feedId}`);
    await choose(second, '그 사이 지운 글', at.says.leave);
    for (const text of ['둘이 같이 보는 글', '둘이 다르게 보는 글', '그 사이 지운 글']) {
      await reported(second, text).waitFor({ state: 'detached' });
    }
    assert.equal(await second.locator('dialog, .failure').count(), 0);
  },

  async 'an objection stands beside the act, and another moderator decides on it'(at) {
    const [{ page: author }, { page: first }, { page: second }] = [
      await somebody(at),
      await somebody(at, 'MODERATOR'),
      await somebody(at, 'MODERATOR')
    ];
    const id = await post(author, '오해받은 글');
    const { actId } = (await call(first, 'POST', `/api/v1/admin/feeds/${id}/hide`, { reason: '광고로 보임' })).data;
    await call(author, 'POST', '/api/v1/moderation/objections', { actId, text: '광고가 아니라 후기입니다' });
    for (const page of [first, second]) {
      await openQueue(at, page);
      await reported(page, '오해받은 글').getByText('광고로 보임').waitFor();
      await reported(page, '오해받은 글').getByText('광고가 아니라 후기입니다').waitFor();
    }
    assert.equal(await reported(first, '오해받은 글').locator('.choices button').count(), 0, 'whose act it was does not decide');
    await choose(second, '오해받은 글', at.says.restore);
    await dialog(second).locator('button.primary').click();
    await reported(second, '오해받은 글').waitFor({ state: 'detached' });
    const { acts } = (await call(author, 'GET', '/api/v1/moderation/acts')).data;
    assert.equal(acts.find((act) => act.actId === actId).objection.state, 'UNDONE');
    assert.equal((await call(first, 'GET', `/api/v1/feeds/${id}`)).status, 200);
  },

  async 'a dialog keeps what was filled in when it is refused, and is left with Escape; the focus stays near'(at) {
    const [{ page: author }, { page: reader }, { page }] = [await somebody(at), await somebody(at), await somebody(at, 'MODERATOR')];
    for (const text of ['아래 신고', '위 신고']) await report(reader, await post(author, text));
    await openQueue(at, page);
    const hide = reported(page, '위 신고').getByRole('button', { name: at.says.hide, exact: true });
    await hide.focus();
    await page.keyboard.press('Enter');
    await until(() => focused(dialog(page).locator('.suggestions button').first()), 'in the dialog');
    assert.equal(await dialog(page).locator('button.primary').isDisabled(), true, 'not without a reason');
    await page.keyboard.press('Escape');
    await until(() => focused(hide), 'back where it was asked');
    await page.route('**/admin/reports/*', (route) =>
      route.request().method() === 'POST'
        ? route.fulfill({ status: 503, headers: { 'Retry-After': '7' }, json: { resultCode: 'F-503', message: '', data: null } })
        : route.continue()
    );
    await page.keyboard.press('Enter');
    await dialog(page).locator('textarea').fill('광고');
    await dialog(page).locator('button.primary').click();
    await dialog(page).locator('[role=alert]', { hasText: '7' }).waitFor();
    assert.equal(await dialog(page).locator('textarea').inputValue(), '광고');
    await page.unroute('**/admin/reports/*');
    await dialog(page).locator('button.primary').click();
    await reported(page, '위 신고').waitFor({ state: 'detached' });
    await until(() => focused(reported(page, '아래 신고').locator('a').first()), 'on the next case');
    await page.locator('#tab-members').focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('#tab-guests[aria-selected=true]').waitFor();
    await until(() => focused(page.locator('#tab-guests')), 'on the tab');
  },

  async 'by the menus: a post and a comment are hidden, a member is suspended until a day, and each comes back'(at) {
    const [{ page: author, user }, { page: reader }, { page }] = [await somebody(at), await somebody(at), await somebody(at, 'MODERATOR')];
    const id = await post(author, '메뉴로 숨길 글');
    const comment = (await call(author, 'POST', '/api/v1/comments', { feedId: id, content: '메뉴로 숨길 댓글' })).data;
    await page.goto(`${at.program.url}/post/${id}`);
    await entry(page, '메뉴로 숨길 댓글').locator('.dots').click();
    await page.locator('.items').getByText(at.says.menuHide).click();
    await answer(page, '욕설');
    await entry(page, '메뉴로 숨길 댓글').waitFor({ state: 'detached' });
    await page.locator('.comments .number', { hasText: '0' }).waitFor();
    await page.locator('.notice button', { hasText: at.says.undo }).click();
    await entry(page, '메뉴로 숨길 댓글').waitFor();
    assert.equal((await call(reader, 'GET', `/api/v1/comments/${id}`)).data.comments[0].commentId, comment.commentId);

    await entry(page, '메뉴로 숨길 글').locator('.dots').click();
    await page.locator('.items').getByText(at.says.menuHide).click();
    await answer(page, '광고');
    await page.waitForURL(`${at.program.url}/`);
    await page.goto(`${at.program.url}/post/${id}`);
    await page.locator('.message').getByRole('button', { name: at.says.restore }).click();
    await answer(page, '다시 봄');
    await entry(page, '메뉴로 숨길 글').waitFor();

    await page.goto(`${at.program.url}/profile/${user}`);
    await page.locator('main .dots').first().click();
    await page.locator('.items').getByText(at.says.menuSuspend).click();
    await dialog(page).locator('select').selectOption('day');
    await dialog(page).locator('textarea').fill('도배');
    assert.equal(await dialog(page).locator('button.primary').isDisabled(), true, 'not without its day');
    await dialog(page).locator('input[type=date]').fill('2020-01-01');
    await dialog(page).locator('button.primary').click();
    // The browser, or else the server, wants a day to come.
    assert.equal(await dialog(page).count(), 1);
    await dialog(page).locator('input[type=date]').fill('2030-01-01');
    await dialog(page).locator('button.primary').click();
    await dialog(page).waitFor({ state: 'detached' });
    await entry(page, '메뉴로 숨길 글').waitFor({ state: 'detached' });
    assert.equal((await call(author, 'GET', '/api/v1/users/me')).status, 401);
    const lift = async () => {
      await page.locator('main .dots').first().click();
      await page.locator('.items').getByText(at.says.menuLift).click();
      await dialog(page).locator('textarea').fill('풀어 줌');
      await dialog(page).locator('button.primary').click();
    };
    await lift();
    await said(page, at.says.lifted);
    await entry(page, '메뉴로 숨길 글').waitFor();
    // Nobody moderates themselves, nor does who is no moderator.
    await reader.goto(`${at.program.url}/post/${id}`);
    await entry(reader, '메뉴로 숨길 글').waitFor();
    assert.equal(await reader.getByText(at.says.menuHide).count(), 0);
  },

  async 'who is no moderator any more is shown nothing of it, and who was decided on elsewhere is not'(at) {
    const { page, user } = await somebody(at, 'MODERATOR');
    await openQueue(at, page);
    await at.program.promote(user, 'USER');
    await page.locator('nav a[href="/"]').last().click();
    await page.goto(`${at.program.url}/moderation`);
    await page.locator('.message', { hasText: at.says.notFound }).waitFor();
    assert.equal(await page.locator('nav a[href="/moderation"]').count(), 0);
  },

  // The last: after it no new guest comes to this server.
  async 'a guest who floods is stopped with one click, and that is undone'(at) {
    const [{ page: guest }, { page: reader }, { page }] = [await at.guest(), await somebody(at), await somebody(at, 'MODERATOR')];
    for (const text of ['도배 하나', '도배 둘']) await report(reader, await post(guest, text));
    await openQueue(at, page);
    await choose(page, '도배 하나', at.says.stopGuest);
    // All of the guest's cases are decided with it.
    for (const text of ['도배 하나', '도배 둘']) await reported(page, text).waitFor({ state: 'detached' });
    assert.equal((await call(guest, 'GET', '/api/v1/users/me')).status, 401);
    await page.locator('.notice button', { hasText: at.says.undo }).click();
    await said(page, at.says.undoneGuest);
    const { feeds } = (await call(reader, 'GET', '/api/v1/feeds')).data;
    assert.ok(feeds.some(({ content }) => content === '도배 하나'));
  }
};
