// Where an account is signed in, and bringing it to another device.
import assert from 'node:assert/strict';

import { follow, me } from './accounts.mjs';
import { call, until } from './visit.mjs';

const renewed = async (page) => (await call(page, 'POST', '/api/token')).status;

export const devices = {
  async 'devices: each is listed, one is signed out, then all others'(at) {
    const user = await at.program.createUser();
    const [first, second, third] = [await at.page(), await at.page(), await at.page()].map(({ page }) => page);
    for (const page of [first, second, third]) await follow(at, page, user);
    await first.goto(`${at.program.url}/settings`);
    const list = first.locator('section', { has: first.locator('time') }).locator('li', { has: first.locator('time') });
    await until(async () => (await list.count()) === 3, 'three devices');
    await list.first().locator('.badge').waitFor();
    assert.equal(await list.locator('button').count(), 2, 'this one is signed out elsewhere');
    await list.nth(1).locator('button').click();
    await until(async () => (await list.count()) === 2, 'two devices');
    const [left, gone] = (await renewed(second)) === 200 ? [second, third] : [third, second];
    assert.deepEqual([await renewed(left), await renewed(gone)], [200, 401]);
    await first.locator('section > button.secondary', { hasText: at.says.endOthers }).click();
    await first.locator('dialog button.primary').click();
    await until(async () => (await list.count()) === 1, 'this device alone');
    assert.deepEqual([await renewed(first), await renewed(left)], [200, 401]);
    // Who was signed out is told at the next look.
    await left.goto(`${at.program.url}/`);
    await left.waitForURL('**/login?next=*');
    await left.locator('[role=status].status', { hasText: at.says.sessionOver }).waitFor();
  },

  async 'six digits bring the account to another device, once this one has allowed it'(at) {
    const [{ page: here }, { page: there }] = [await at.guest(), await at.page()];
    await here.goto(`${at.program.url}/settings`);
    await here.locator('.bring button').click();
    const code = await here.locator('.bring .code').innerText();
    assert.match(code.replaceAll(/\s/g, ''), /^\d{6}$/);
    await there.goto(`${at.program.url}/login?next=%2Fsettings`);
    await there.getByRole('button', { name: at.says.bringHere }).click();
    const field = there.locator('input[autocomplete=one-time-code]');
    // A wrong one is said, and can be typed again.
    await field.fill(code.startsWith('0') ? '111111' : '000000');
    await there.keyboard.press('Enter');
    await there.locator('form [role=alert]').waitFor();
    await field.fill(code);
    await there.keyboard.press('Enter');
    await there.locator('form p[role=status]').waitFor();
    await here.locator('.bring [role=alert]').waitFor();
    assert.equal((await call(there, 'GET', '/api/v1/users/me')).status, 401, 'nothing before it is allowed');
    await here.locator('.bring button.primary').click();
    await there.waitForURL(`${at.program.url}/settings`);
    await there.locator('#sign-out').waitFor();
    assert.equal((await me(there)).userId, (await me(here)).userId);
  }
};
