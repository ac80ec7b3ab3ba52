// Taking along what one wrote, and the way out.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { follow, me } from './accounts.mjs';
import { call, until } from './visit.mjs';
import { authenticator, signInByPasskey } from './ways.mjs';

const leave = (page) => page.locator('section').last();
const said = (page, text) => page.locator('[role=status].status', { hasText: text }).waitFor();

/** Presses a button of the last part of the settings, and says yes. */
async function goAway(page, place) {
  await leave(page).locator('button').nth(place).click();
  await page.locator('dialog button.primary').click();
}

export const leaving = {
  async 'a guest takes the file along and leaves for good; what was answered keeps its place, without a name'(at) {
    const [{ page, context }, { page: other }] = [await at.guest(), await at.guest()];
    const { data: post } = await call(page, 'POST', '/api/v1/feeds', { content: '두고 갈 글' });
    await call(other, 'POST', '/api/v1/comments', { feedId: post.feedId, content: '잘 가요' });
    await page.locator('textarea').first().fill('두고 갈 초안');
    await page.goto(`${at.program.url}/settings`);
    const button = page.locator('#export');

    const path = '**/users/me/export';
    await page.route(path, (route) =>
      route.fulfill({ status: 503, headers: { 'Retry-After': '30' }, json: { resultCode: 'F', message: '지금은 바쁩니다.', data: null } })
    );
    await button.click();
    await page.locator('section [role=alert]', { hasText: '지금은 바쁩니다.' }).filter({ hasText: '30' }).waitFor();
    // On its way it says so, wherever one looks meanwhile, and can be given up.
    await page.unroute(path);
    await page.route(path, () => {});
    await button.click();
    await page.locator('section [role=status]', { hasText: at.says.exporting }).waitFor();
    await page.locator('nav a.link[href="/"]').click();
    await page.locator('article').first().waitFor();
    await page.locator('nav a[href="/settings"]').first().click();
    await page.locator('section .export button').click();
    await until(() => button.evaluate((each) => each === document.activeElement), 'the focus is on what begins it');
    assert.equal(await page.locator('section [role=alert]').count(), 0);
    await page.unroute(path);
    const [file] = await Promise.all([page.waitForEvent('download'), button.click()]);
    assert.match(file.suggestedFilename(), /^dontgoback-export-[\d-]+\.zip$/);
    const bytes = readFileSync(await file.path());
    assert.equal(bytes.subarray(0, 2).toString(), 'PK');
    assert.ok(bytes.includes('posts.json'));

    assert.equal(await leave(page).locator('button').count(), 1, 'nothing to come back to');
    await goAway(page, 0);
    await page.waitForURL('**/login?status=guest-removed');
    await said(page, at.says.guestRemoved);
    assert.equal((await context.cookies()).length, 0);
    assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('draft:'))), []);

    await other.goto(`${at.program.url}/post/${post.feedId}`);
    const place = other.locator('main article').first();
    await place.getByText(at.says.removedPost, { exact: true }).waitFor();
    assert.equal(await place.locator('a[href^="/profile/"]').count(), 0);
    await other.getByText('잘 가요', { exact: true }).waitFor();
    assert.equal(await other.locator('main article').nth(1).locator('a[href^="/profile/"]').count(), 1);
  },

  async 'a member without an address signs in afresh to leave, and comes back by signing in'(at) {
    const user = await at.program.createUser();
    const { page } = await at.page();
    await authenticator(page);
    await follow(at, page, user);
    const settings = () => page.goto(`${at.program.url}/settings`);
    await settings();
    await page.locator('button.passkey').first().click();
    await page.locator('section li', { hasText: at.says.passkey }).waitFor();

    // As the server says when the sign-in is older than ten minutes.
    const refusal = { status: 403, json: { resultCode: 'F-403', message: '', data: null } };
    await page.route('**/users/me/leave', (route) => route.fulfill(refusal), { times: 1 });
    await goAway(page, 1);
    await leave(page).locator('[role=alert]', { hasText: at.says.signInAgain }).waitFor();
    await leave(page).locator('button.passkey').click();
    await page.locator('dialog button.primary').click();
    await page.waitForURL('**/login?status=close-success&until=*');
    await said(page, at.says.closed);
    assert.equal((await call(page, 'GET', '/api/v1/users/me')).status, 401);
    const back = async () => {
      await signInByPasskey(at, page);
      await page.waitForURL(`${at.program.url}/`);
      assert.equal((await me(page)).userId, user);
    };
    await back();

    await settings();
    await goAway(page, 0);
    await page.waitForURL('**/login?status=inactive-success');
    await said(page, at.says.inactive);
    await back();
  }
};
