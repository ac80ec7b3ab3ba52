// Ways to a walker: by a provider, with an account or without one, and two walkers of one person that become one.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { somebody } from './moderating.mjs';
import { Provider } from './provider.mjs';
import { call, said, until, Visit } from './visit.mjs';
import { newName, open, tell, today } from './walking.mjs';

/** The same visit at a program that has a provider. */
export async function withProvider(at, flow) {
  const folder = mkdtempSync(join(tmpdir(), 'dontgoback-provider-'));
  const secret = join(folder, 'secret');
  writeFileSync(secret, 'a secret of the flows, long enough for anybody\n', { mode: 0o600 });
  const provider = new Provider();
  await provider.start();
  const program = at.program.with(provider.options(secret));
  try {
    await program.start();
    await flow(new Visit(program, at.browser, at.size, at.language), provider);
  } finally {
    for (const context of at.browser.contexts()) await context.close();
    await program.remove();
    await provider.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const button = (page) => page.locator('main [data-provider=office]');
const me = async (page) => (await call(page, 'GET', '/api/v1/walkers/me')).data;

/** Begins to walk by the provider, in a browser of its own. */
async function byProvider(at, provider, subject, context = null) {
  const { page } = context ? { page: context } : await at.page();
  provider.subject = subject;
  await open(at, page, '/walk', '[data-provider=office]');
  await page.locator('input[name=consent]').check();
  await button(page).click();
  await page.waitForURL('**/walk');
  return page;
}
async function nameIt(page, name = newName()) {
  await page.locator('main input[name=nickname]').fill(name);
  await page.locator('main form:has(input[name=nickname]) button').click();
  await page.locator('.ask').waitFor({ state: 'detached' });
  return name;
}
/** A member's walker with a name, and another of the same person by a provider. */
async function twoWalkers(at, provider, subject) {
  const phone = await byProvider(at, provider, subject);
  const other = await nameIt(phone);
  await tell(phone, 4_000);
  const { page } = await somebody(at);
  await open(at, page, '/walk', 'input[name=consent]');
  await page.locator('input[name=consent]').check();
  await page.locator('main form button.primary').click();
  const name = await nameIt(page);
  await tell(page, 1_000, null, { device: 'watch', source: 'WATCH' });
  // The provider becomes a way in of the account.
  const { location } = (await call(page, 'POST', '/api/v1/users/me/identities/office')).data;
  await page.goto(location);
  await page.waitForURL('**/login?status=linked');
  return { phone, other, page, name };
}

export const walkWays = {
  async 'somebody walks by a provider without an account, comes back to the same walker, and may cancel'(given) {
    await withProvider(given, async (at, provider) => {
      const { page } = await at.page();
      await open(at, page, '/walk', '[data-provider=office]');
      await button(page).click();
      await page.getByText(at.says.wayCancelled).waitFor();
      assert.equal(new URL(page.url()).pathname + new URL(page.url()).search + new URL(page.url()).hash, '/walk/sign-in');
      await page.locator('main a.primary').click();
      await page.waitForURL('**/walk');
      await byProvider(at, provider, 'somebody', page);
      const name = await nameIt(page);
      await tell(page, 77);
      const { walkerId } = await me(page);
      assert.equal((await call(page, 'GET', '/api/v1/users/me')).status, 401);
      // Loaded again it is still there, and the address has nothing that signs in.
      await open(at, page, '/walk', 'main .own');
      assert.equal(await page.evaluate(() => sessionStorage.getItem('walk-way')), null);
      await open(at, page, '/walk/settings', '#sign-out');
      await page.locator('#sign-out').click();
      await page.locator('input[name=consent]').waitFor();
      await byProvider(at, provider, 'somebody', page);
      assert.deepEqual(await me(page), { walkerId, nickname: name, sharesSteps: true, offsetMinutes: (await me(page)).offsetMinutes });
      assert.notEqual((await me(await byProvider(at, provider, 'another'))).walkerId, walkerId);
    });
  },

  async 'a member who walks by a provider stays who they are, and nobody is led into another’s walker by a link'(given) {
    await withProvider(given, async (at, provider) => {
      const { page, user } = await somebody(at);
      await byProvider(at, provider, 'member', page);
      assert.equal((await call(page, 'GET', '/api/v1/users/me')).data.userId, user);
      const { walkerId } = await me(page);

      // Who has come back hands their ticket on instead of using it.
      const { page: thief } = await at.page();
      provider.subject = 'thief';
      await thief.route('**/api/v1/walkers/session', (route) => route.abort());
      let link = '';
      thief.on('framenavigated', (frame) => {
        if (frame.url().includes('/walk/sign-in#')) link = frame.url();
      });
      await open(at, thief, '/walk', '[data-provider=office]');
      await button(thief).click();
      await until(() => link !== '', 'a way back with a ticket');
      const { page: victim } = await at.page();
      const asked = [];
      victim.on('request', (request) => request.url().endsWith('/walkers/session') && asked.push(request));
      await victim.goto(link);
      await victim.getByText(at.says.wayExpired).waitFor();
      await page.goto(link);
      await page.getByText(at.says.wayExpired).waitFor();
      assert.equal(asked.length, 0);
      assert.equal((await me(page)).walkerId, walkerId);
    });
  },

  async 'who has another walker is told what merging does, may keep both, and makes them one in the settings'(given) {
    await withProvider(given, async (at, provider) => {
      const { phone, other, page, name } = await twoWalkers(at, provider, 'person');
      await open(at, page, '/walk/settings', '#sign-out');
      await page.locator('#sign-out').click();
      await page.locator('main form button.primary').click();
      await page.locator('#other').waitFor();
      const told = await page.locator('#other').innerText();
      assert.ok(told.includes(name) && told.includes(other));
      await page.locator('#keep-both').click();
      await page.locator('#sign-out').waitFor();
      assert.equal((await call(phone, 'GET', '/api/v1/walkers/me')).status, 200);

      await open(at, page, '/walk/settings', '#merge-begin');
      await page.locator('#merge-begin').click();
      await page.locator('#merge-as-member').click();
      await page.locator('dialog button').first().click();
      assert.equal((await call(phone, 'GET', '/api/v1/walkers/me')).status, 200);
      await page.locator('#merge-as-member').click();
      await page.locator('dialog button.primary').click();
      await said(page, at.says.merged);
      assert.equal((await me(page)).nickname, name);
      assert.equal((await call(phone, 'GET', '/api/v1/walkers/me')).status, 401);
      const { data } = await call(page, 'GET', `/api/v1/steps?from=${await today(page)}&to=${await today(page)}`);
      assert.equal(data.days[0].steps, 4_000);
      await page.locator('#merge-as-member').click();
      await page.locator('dialog button.primary').click();
      await page.getByText(at.says.nothingToMerge).waitFor();
    });
  },

  async 'who came by a provider proves it there once more, and the other walker is one with theirs'(given) {
    await withProvider(given, async (at, provider) => {
      const { phone, other, page } = await twoWalkers(at, provider, 'person');
      await open(at, phone, '/walk/settings', '#sign-out');
      await phone.locator('#sign-out').click();
      await phone.locator('[data-provider=office]').click();
      await phone.locator('#merge').click();
      await phone.locator('dialog button.primary').click();
      await phone.waitForURL('**/walk/settings');
      await said(phone, at.says.merged);
      assert.equal((await me(phone)).nickname, other);
      assert.equal((await call(page, 'GET', '/api/v1/walkers/me')).status, 401);
      // Nobody else's proof makes anything one.
      provider.subject = 'stranger';
      await phone.locator('#merge-begin').click();
      await phone.locator('#merging [data-provider=office]').click();
      await phone.locator('dialog button.primary').click();
      await phone.getByText(at.says.nothingToMerge).waitFor();
      assert.equal((await me(phone)).nickname, other);
    });
  }
};
