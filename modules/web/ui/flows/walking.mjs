// Walking: how it begins, one's own steps, a goal, what is told, a file of steps, and the way out.
import assert from 'node:assert/strict';

import { openQueue, somebody } from './moderating.mjs';
import { call, lookAround, said, until } from './visit.mjs';

let count = 0;
/** Latin letters and a number: a nickname that nobody has. */
export const newName = () => `walker${++count}_${Date.now() % 1e6}`;

/** A member who has just begun to walk, by a name of their own. */
export async function walker(at, name = newName()) {
  const { page, context, user } = await somebody(at);
  await page.goto(`${at.program.url}/walk`);
  await page.locator('input[name=consent]').check();
  await page.locator('main form button.primary').click();
  await page.locator('main input[name=nickname]').fill(name);
  await page.locator('main form:has(input[name=nickname]) button').click();
  await page.locator('.ask').waitFor({ state: 'detached' });
  return { page, context, user, name };
}
export const today = (page) => page.evaluate(() => new Intl.DateTimeFormat('sv-SE').format(Date.now()));
/** As a phone tells it. */
export async function tell(page, steps, day = null, more = {}) {
  const told = { device: 'phone', source: 'PHONE', version: Date.now(), steps, ...more };
  const answer = await call(page, 'PUT', `/api/v1/steps/${day ?? (await today(page))}`, told);
  assert.equal(answer.status, 200, JSON.stringify(answer));
}
export const open = async (at, page, path, ready) => {
  await page.goto(`${at.program.url}${path}`);
  await page.locator(ready).first().waitFor();
};
/** What the page and its service worker have fetched. */
const fetched = (page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return [...kept.flat().map(({ url }) => url), ...performance.getEntriesByType('resource').map(({ name }) => name)];
  });
const own = (page) => page.locator('main .own');

export const walking = {
  async 'members are led there from the settings, are told that nothing ties it to the account, and fetch none of it before'(at) {
    const { page } = await somebody(at);
    await open(at, page, '/settings', '#walk');
    const before = await fetched(page);
    assert.ok(before.length > 5);
    assert.deepEqual(before.filter((url) => /\/walk[-.]/.test(url)), []);
    await page.locator('#walk').click();
    await page.getByText(at.says.walkApart).waitFor();
    assert.equal(await page.locator('input[name=consent]').isChecked(), false);
    await page.locator('main form button.primary').click();
    // Without consent nothing is recorded, and it is asked again where one would look for it.
    await page.locator('#agree').waitFor();
    assert.equal((await call(page, 'PUT', `/api/v1/steps/${await today(page)}`, { device: 'phone', steps: 5, version: 1 })).status, 403);
    await page.locator('#agree').click();
    await page.locator('main input[name=nickname]').waitFor();
    await tell(page, 5);
    await until(async () => (await own(page).innerText()) === '5', 'the steps are on the board');
    const { data: me } = await call(page, 'GET', '/api/v1/walkers/me');
    const { data: account } = await call(page, 'GET', '/api/v1/users/me');
    assert.ok(!JSON.stringify(me).includes(String(account.userId)) || account.userId < 1000);
    assert.deepEqual(Object.keys(me).sort(), ['nickname', 'offsetMinutes', 'sharesSteps', 'walkerId']);
  },

  async 'guests are not offered it, and are told who can'(at) {
    const { page } = await at.guest();
    await open(at, page, '/settings', '#sign-out');
    assert.equal(await page.locator('#walk').count(), 0);
    await open(at, page, '/walk', 'a.primary');
    await page.getByText(at.says.walkMembers).waitFor();
  },

  async 'a nickname that is none, or is taken, is said where it is typed'(at) {
    const { name } = await walker(at);
    const { page } = await somebody(at);
    await open(at, page, '/walk', 'input[name=consent]');
    await page.locator('input[name=consent]').check();
    await page.locator('main form button.primary').click();
    const field = page.locator('main input[name=nickname]');
    for (const none of ['가', '한글latin', name.toUpperCase()]) {
      await field.fill(none);
      await page.locator('main form:has(input[name=nickname]) button').click();
      await page.locator('main [role=alert]').waitFor();
      await field.fill('');
      await field.press('x');
    }
    await field.fill(newName());
    await page.locator('main form:has(input[name=nickname]) button').click();
    await page.locator('.ask').waitFor({ state: 'detached' });
  },

  async 'steps that are typed are on the day and the page, the day says why, and they can be taken out'(at) {
    const { page } = await walker(at);
    await open(at, page, '/walk/me', 'input[name=steps]');
    await page.locator('input[name=steps]').fill('12a');
    await page.locator('#record button').click();
    await page.getByText(at.says.countWrong).waitFor();
    await page.locator('input[name=steps]').fill('4,321');
    await page.locator('#record button').click();
    await said(page, '4,321');
    await until(async () => (await own(page).innerText()) === '4,321', 'they are on the page');
    await page.locator('main .why').click();
    await page.waitForURL('**/walk/day/*');
    await page.locator('main li', { hasText: at.says.typedByHand }).getByText('4,321').waitFor();
    await tell(page, 5_000);
    await page.reload();
    await page.locator('.total', { hasText: '5,000' }).waitFor();
    await page.locator('main li', { hasText: at.says.typedByHand }).getByRole('button').click();
    await said(page, at.says.takenOut);
    await until(async () => (await page.locator('main li', { hasText: at.says.typedByHand }).count()) === 0, 'it is out');
    await page.locator('.total', { hasText: '5,000' }).waitFor();
    await page.locator('nav a', { hasText: '←' }).click();
    await page.getByText(at.says.noStepsOfDay).waitFor();
    await open(at, page, '/walk/day/2026-02-31', '.message');
  },

  async 'a board of one leads to friends, a day in doubt stands below the line'(at) {
    const { page } = await walker(at);
    await page.getByText(at.says.walkAlone).waitFor();
    await tell(page, 90_000, null, { device: 'typed', source: 'MANUAL' });
    await page.locator('.doubtful', { hasText: at.says.doubtful }).locator('li.me', { hasText: '90,000' }).waitFor();
    await page.locator('.alone a').click();
    await page.waitForURL('**/walk/friends');
  },

  async 'statistics draw days and name the average and the best; spans can be gone through'(at) {
    const { page } = await walker(at);
    const day = await today(page);
    const before = new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000 * 40).toISOString().slice(0, 10);
    await tell(page, 8_000, day, { hours: [0, 0, 0, 0, 0, 0, 0, 0, 0, 5_000, 3_000], utcOffsetMinutes: await page.evaluate(() => -new Date().getTimezoneOffset()) });
    await tell(page, 2_000, before);
    await open(at, page, '/walk/me', '#statistics dl');
    assert.match(await page.locator('#statistics dl').innerText(), /8,000/);
    assert.ok((await page.locator('#statistics figure').first().locator('rect').count()) === 7);
    await page.locator('#statistics .periods button').nth(2).click();
    await until(async () => (await page.locator('#statistics dl').innerText()).includes('10,000') || day.slice(0, 4) !== before.slice(0, 4), 'the year has both');
    await page.locator('#statistics .turn button').first().click();
    await until(async () => (await page.locator('#statistics .turn p').innerText()).includes(String(Number(day.slice(0, 4)) - 1)), 'the year before');
    await page.locator('#statistics .turn button').last().click();
    await page.locator('#statistics figure').first().locator('summary').click();
    await page.locator('#statistics table').first().waitFor();
  },

  async 'a goal is set, reached and counted'(at) {
    const { page } = await walker(at);
    await open(at, page, '/walk/goal', 'input[name=goal]');
    await page.locator('input[name=goal]').fill('3000');
    await page.locator('#daily-goal form button').click();
    await said(page, at.says.goalSaved);
    await page.locator('input[name=shared]').check();
    await said(page, at.says.goalSaved);
    await tell(page, 3_000);
    await page.reload();
    await page.getByText(at.says.goalReached).waitFor();
    await page.locator('.streak', { hasText: at.says.streak(1) }).waitFor();
    assert.ok(await page.locator('input[name=shared]').isChecked());
    await open(at, page, '/walk/notifications', 'main article');
  },

  async 'a file of steps is read here and only steps are sent; what was broken off goes on'(at) {
    const { page } = await walker(at);
    const day = await today(page);
    const past = (days) => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000 * days).toISOString().slice(0, 10);
    const record = (days, steps) =>
      `<Record type="HKQuantityTypeIdentifierStepCount" sourceName="Jin's iPhone" startDate="${past(days)} 09:00:00 +0900" endDate="${past(days)} 09:10:00 +0900" value="${steps}"/>`;
    const file = (name, content) => ({ name, mimeType: 'text/xml', buffer: Buffer.from(content) });
    const whole = `<?xml version="1.0"?><!DOCTYPE HealthData [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><HealthData><Me x="&b;"/>${Array.from({ length: 250 }, (_, n) => record(n + 1, 100 + n)).join('')}</HealthData>`;
    const sent = [];
    page.on('request', (request) => request.method() === 'POST' && request.url().endsWith('/api/v1/steps') && sent.push(request.postData()));
    await open(at, page, '/walk/import', 'input[type=file]');
    await page.locator('input[type=file]').setInputFiles(file('photo.xml', 'no steps here'));
    await page.getByText(at.says.importNot).waitFor();
    await page.locator('input[type=file]').setInputFiles(file('export.xml', whole.slice(0, -20)));
    await page.getByText(at.says.importCut).waitFor();
    await page.locator('input[type=file]').setInputFiles(file('export.xml', whole));
    await page.locator('#send').waitFor();
    let times = 0;
    await page.route('**/api/v1/steps', (route) => (++times === 2 ? route.abort() : route.continue()));
    await page.locator('#send').click();
    await page.locator('main [role=alert]').waitFor();
    await page.locator('#send').click();
    await page.getByText(at.says.importDone(250)).waitFor();
    assert.equal(sent.length, 4);
    assert.ok(!sent.join().includes('iPhone'));
    const { data } = await call(page, 'GET', `/api/v1/steps?from=${past(390)}&to=${day}`);
    assert.equal(data.days.length, 250);
    assert.deepEqual(data.days.at(-1).steps, 100);
  },

  async 'settings: what is told and when, sessions, the export, and the way out, which the account does not notice'(at) {
    const { page, name } = await walker(at);
    await open(at, page, '/walk/settings', 'input[name=CHEER]');
    await page.locator('input[name=CHEER]').uncheck();
    await until(async () => (await call(page, 'GET', '/api/v1/walkers/settings')).data.notifications.CHEER === false, 'it is kept');
    await page.locator('input[name=quiet]').check();
    await page.locator('input[name=from]').waitFor();
    await page.locator('#sessions li').first().waitFor();
    const download = page.waitForEvent('download');
    await page.locator('#export').click();
    assert.equal((await download).suggestedFilename(), 'walk.json');
    await page.locator('#sign-out').click();
    await page.locator('input[name=consent]').waitFor();
    await page.locator('main form button.primary').click();
    await page.locator('main nav').waitFor();
    // The walker is the one that it was.
    await open(at, page, '/walk/settings', '#leave');
    assert.equal(await page.locator('main input[name=nickname]').inputValue(), name);
    await page.locator('#leave').click();
    await page.locator('dialog button.primary').click();
    await said(page, at.says.leftWalking);
    await page.waitForURL('**/settings');
    assert.equal((await call(page, 'GET', '/api/v1/users/me')).status, 200);
    assert.equal((await call(page, 'GET', '/api/v1/walkers/me')).status, 401);
  },

  async 'an access token that has ended is renewed, a session that was ended elsewhere leads to the beginning'(at) {
    const { page, context } = await walker(at);
    await tell(page, 10);
    await context.clearCookies({ name: 'walk_access_token' });
    await open(at, page, '/walk', '.own');
    await until(async () => (await own(page).innerText()) === '10', 'the board');
    await context.clearCookies({ name: /^walk_/ });
    await page.locator('main nav a[href="/walk/friends"]').click();
    await page.getByText(at.says.walkApart).waitFor();
    assert.equal((await call(page, 'GET', '/api/v1/users/me')).status, 200);
  },

  async 'who comes to this browser after somebody who walks is nobody’s walker'(at) {
    const { page, user } = await walker(at);
    await page.goto(`${at.program.url}/settings`);
    await page.locator('#sign-out').click();
    await page.waitForURL('**/login*');
    await page.locator(lookAround).click();
    await page.locator('article').first().waitFor();
    await open(at, page, '/walk', 'a.primary');
    await page.getByText(at.says.walkMembers).waitFor();
    assert.equal((await call(page, 'GET', '/api/v1/walkers/me')).status, 401);
    assert.ok(user > 0);
  },

  async 'what walkers report comes to moderators by a list of its own, and is decided there'(at) {
    const [bad, one] = [await walker(at), await walker(at)];
    const id = (await call(bad.page, 'GET', '/api/v1/walkers/me')).data.userUuid;
    const told = { targetType: 'WALKER', targetId: id, reason: 'HATE', text: '나쁜 별명입니다' };
    assert.equal((await call(one.page, 'POST', '/api/v1/walkers/reports', told)).status, 201);
    const { page } = await somebody(at, 'MODERATOR');
    await openQueue(at, page);
    await page.locator('#tab-walk').click();
    const report = page.locator('article[data-entry]', { hasText: bad.name });
    await report.getByText('나쁜 별명입니다').waitFor();
    assert.ok(!(await page.locator('#cases').innerHTML()).includes(id), 'nothing tells the walker');
    // A name that somebody has is said beside the field, and what was filled in stays.
    await report.locator('.choices button.primary').click();
    const dialog = page.locator('dialog[open]');
    await dialog.locator('input[name=newName]').fill(one.name);
    await dialog.locator('textarea').fill('혐오 표현');
    await dialog.locator('button.primary').click();
    await dialog.locator('[role=alert]').waitFor();
    const name = newName();
    await dialog.locator('input[name=newName]').fill(name);
    await dialog.locator('button.primary').click();
    await report.waitFor({ state: 'detached' });
    assert.equal((await call(bad.page, 'GET', '/api/v1/walkers/me')).data.nickname, name);
    await page.locator('#cases .order button').nth(1).click();
    await report.getByText(name).waitFor();
    assert.equal(await report.locator('.choices').count(), 0);

    // A server that knows no walk has no such list.
    await page.route('**/api/v1/admin/walk/reports?*', (route) => route.fulfill({ status: 404, json: { resultCode: 'F-404', message: '없음', data: null } }));
    await page.goto(`${at.program.url}/moderation?tab=walk`);
    await page.locator('#tab-members[aria-selected=true]').waitFor();
    await until(async () => (await page.locator('#cases .loading').count()) === 0, 'the list is read');
    assert.equal(await page.locator('#tab-walk').count(), 0);
  }
};
