// Ways in that need a device: passkeys, made and used with Chromium's virtual authenticator.
import assert from 'node:assert/strict';

import { follow, me } from './accounts.mjs';
import { call, lookAround, said, until } from './visit.mjs';

/** A device with a fingerprint, whose owner is there and says yes. */
export async function authenticator(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true };
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', { options });
  const send = (what, more = {}) => devtools.send(`WebAuthn.${what}`, { authenticatorId, ...more });
  return {
    verifies: (isUserVerified) => send('setUserVerified', { isUserVerified }),
    /** The same key with another count of its uses, as a copy of it has. */
    async counts(signCount) {
      const [credential] = (await send('getCredentials')).credentials;
      await send('removeCredential', { credentialId: credential.credentialId });
      await send('addCredential', { credential: { ...credential, signCount } });
    },
    remove: () => send('removeVirtualAuthenticator')
  };
}

const list = async (page) => (await call(page, 'GET', '/api/v1/users/me/passkeys')).data.passkeys;

export async function signInByPasskey(at, page) {
  await page.context().clearCookies();
  await page.goto(`${at.program.url}/login`);
  await page.locator(lookAround).waitFor();
  await page.locator('button.passkey').click();
}

export const ways = {
  async 'passkeys: made in the settings, used to sign in, copied, and removed'(at) {
    const user = await at.program.createUser();
    const { page } = await at.page();
    const device = await authenticator(page);
    const passkey = page.locator('button.passkey').first();
    const settings = () => page.goto(`${at.program.url}/settings`);
    await follow(at, page, user);
    await settings();
    await device.verifies(false);
    await passkey.click();
    await said(page, at.says.passkeyCancelled);
    await device.verifies(true);
    await passkey.click();
    await page.locator('section li', { hasText: at.says.passkey }).waitFor();
    assert.equal((await list(page)).length, 1);
    assert.equal(await page.locator('section li button', { hasText: at.says.removePasskey }).count(), 0, 'the last way in stays');
    await passkey.click();
    await said(page, at.says.passkeyKnown);

    const signIn = () => signInByPasskey(at, page);
    await signIn();
    await page.waitForURL(`${at.program.url}/`);
    assert.equal((await me(page)).userId, user);
    await device.verifies(false);
    await signIn();
    await page.locator('[role=alert].status', { hasText: at.says.passkeyCancelled }).waitFor();
    await device.verifies(true);
    await device.counts(1);
    await passkey.click();
    await page.waitForURL('**/login?status=passkey-copied');
    await page.locator('[role=status].status', { hasText: at.says.passkeyCopied }).waitFor();
    await page.locator('a.secondary[href="/settings"]').click();
    await page.locator('section li .status', { hasText: at.says.passkeyCopied }).waitFor();

    // Another device; the first one's goes.
    await device.remove();
    await authenticator(page);
    await passkey.click();
    await until(async () => (await list(page)).length === 2, 'a second passkey');
    const remove = page.locator('section li button', { hasText: at.says.removePasskey });
    await remove.first().click();
    await page.locator('dialog button.primary').click();
    await remove.first().waitFor({ state: 'detached' });
    assert.deepEqual((await list(page)).map(({ copied }) => copied), [false]);
    await signIn();
    await page.waitForURL(`${at.program.url}/`);
  },

  async 'a guest who signs in by a passkey chooses whether to take the posts along'(at) {
    const user = await at.program.createUser();
    const { page } = await at.page();
    await authenticator(page);
    await follow(at, page, user);
    await page.goto(`${at.program.url}/settings`);
    await page.locator('button.passkey').first().click();
    await page.locator('section li', { hasText: at.says.passkey }).waitFor();
    for (const taken of [false, true]) {
      await page.context().clearCookies();
      await page.goto(`${at.program.url}/login`);
      await page.locator(lookAround).click();
      await page.locator('article').first().waitFor();
      const { data } = await call(page, 'POST', '/api/v1/feeds', { content: '방문자로 쓴 글' });
      await page.goto(`${at.program.url}/login`);
      const choice = page.locator('input[type=checkbox]');
      assert.equal(await choice.isChecked(), false);
      if (taken) await choice.check();
      await page.locator('button.passkey').click();
      await page.waitForURL(`${at.program.url}/`);
      await until(async () => (await me(page)).userId === user, 'the member');
      assert.equal((await call(page, 'GET', `/api/v1/feeds/${data.feedId}`)).data.userId === user, taken);
    }
  }
};
