// The screens of sign-in, sign-up and the settings in their states. Which of them a server shows depends on its providers,
// its mail and other devices: here the browser is given the answers that lead to each.
import assert from 'node:assert/strict';

import { lookAround } from './visit.mjs';

const envelope = (data) => ({ json: { resultCode: 'S', message: '', data } });
const failure = (status) => ({ status, json: { resultCode: `F-${status}`, message: '', data: null } });
const providers = [
  { id: 'google', name: 'Google' },
  { id: 'kakao', name: 'Kakao' }
];
const at = '2026-11-20T03:00:00Z';
const me = { userId: 7, email: 'ab****@g*****.com', profileVisibility: 'PUBLIC', userName: '1024만', userType: 'BLUE', userRole: 'USER' };
const device = (sessionId, name, current = false) => ({ sessionId, device: name, address: '192.0.2.0/24', createdAt: at, lastUsedAt: at, current });

const passkey = (passkeyId, lastUsedAt, copied) => ({ passkeyId, createdAt: at, lastUsedAt, copied });

/** Calls `look(name)` at each. */
export async function memberScreens(visit, page, look) {
  const answers = new Map();
  const api = (url) => url.pathname.startsWith('/api/');
  await page.route(api, (route) => {
    const request = route.request();
    const answer = answers.get(`${request.method()} ${new URL(request.url()).pathname.replace('/api/v1', '')}`);
    return answer ? route.fulfill(answer) : route.continue();
  });
  const says = (call, data) => answers.set(call, envelope(data));
  const open = async (path, ready) => {
    await page.goto(`${visit.program.url}${path}`);
    await page.locator(ready).first().waitFor();
  };

  says('GET /sign-in-providers', { providers, email: true, guests: true, signUp: 'INVITATION' });
  says('POST /sign-in/email', { expiresAt: at });
  answers.set('POST /sign-in/email/code', failure(400));
  await open('/login?invitation=WELCOME&status=provider-away', 'input[type=email]');
  await look('sign-in');
  await page.locator('input[type=email]').fill('somebody@example.com');
  await page.locator('.email button').click();
  await page.locator('input[autocomplete=one-time-code]').fill('123 456');
  await page.locator('.email button.primary').click();
  await page.locator('[role=alert]').waitFor();
  await look('sign-in-code');
  await page.locator('.email button.plain').click();
  says('POST /sessions/hand-over/claim', { device: 'Firefox · Linux' });
  says('GET /sessions/hand-over/claim', { state: 'CLAIMED' });
  await page.locator(`${lookAround} ~ button`).click();
  await page.locator('input[autocomplete=one-time-code]').fill('123456');
  await look('sign-in-bring');
  await page.locator('form button.primary').click();
  await page.locator('form p[role=status]').waitFor();
  await look('sign-in-bring-waits');
  says('GET /sign-in-providers', { providers: [], email: false, guests: false, signUp: 'CLOSED' });
  await open('/login', 'p.status');
  await look('sign-in-closed');

  says('GET /sign-up', { way: 'Kakao', email: null, needsInvitation: true, terms: '2026-11-27', keepsPosts: true });
  await open('/welcome', 'form');
  assert.equal(await page.locator('form input[maxlength]').inputValue(), 'WELCOME', 'the invitation that somebody came with');
  await look('welcome');
  answers.set('GET /sign-up', failure(404));
  await open('/welcome', '.message');
  await look('welcome-over');

  says('GET /sign-in-providers', { providers, email: true, guests: true, signUp: 'OPEN' });
  says('GET /users/me', me);
  const told = { FEED_LIKE: false, COMMENT: true, REPLY: true, COMMENT_LIKE: true };
  const chosen = { language: null, colours: 'WESTERN', profileVisibility: 'PRIVATE', notifications: told };
  says('GET /users/me/settings', { ...chosen, quietHours: { from: '22:00', to: '07:00' }, dayAt: '08:00' });
  says('GET /users/me/identities', { identities: [{ identityId: 1, provider: 'google', name: 'Google', linkedAt: at }], email: me.email });
  says('GET /users/me/passkeys', { passkeys: [passkey(1, at, false), passkey(2, null, true)] });
  says('GET /sessions', { sessions: [device(1, 'Chrome · Android', true), device(2, 'Firefox · Linux'), device(3, null)] });
  says('POST /users/account-close/email-request', null);
  says('POST /sessions/hand-over', { handOverId: 7, code: '123456', expiresAt: at });
  says('GET /sessions/hand-over', { handOverId: 7, state: 'WAITING' });
  await open('/login?status=linked', 'a.primary');
  await look('sign-in-member');
  await open('/settings', '.bring button');
  await look('settings-member');
  await page.locator('button.passkey').scrollIntoViewIfNeeded();
  await look('settings-ways');
  await page.locator('.bring button').click();
  await page.locator('.code').scrollIntoViewIfNeeded();
  await look('settings-code');
  says('GET /sessions/hand-over', { handOverId: 7, state: 'CLAIMED', device: 'Safari · iOS', address: '198.51.100.0/24' });
  await page.locator('.bring button.primary').waitFor();
  await look('settings-code-asked');
  const held = [];
  await page.route('**/users/me/export', (route) => held.push(route));
  await page.locator('#export').click();
  await page.locator('.export [role=status]').waitFor();
  await page.locator('.export button').scrollIntoViewIfNeeded();
  await look('settings-export');
  await held[0].fulfill(failure(429));
  await page.locator('.export [role=alert]').waitFor();
  await look('settings-export-refused');
  await page.locator('section').last().locator('button').last().click();
  await page.locator('dialog[open]').waitFor();
  await look('settings-close');
  await page.locator('dialog button.primary').click();
  await page.locator('section p.status[role=status]').scrollIntoViewIfNeeded();
  await look('settings-close-mailed');
  says('GET /users/me/identities', { identities: [{ identityId: 1, provider: 'google', name: 'Google', linkedAt: at }], email: null });
  says('GET /sessions', { sessions: [device(1, null, true)] });
  says('GET /users/me', { ...me, email: null });
  answers.set('POST /users/me/leave', failure(403));
  await open('/settings', '.bring button');
  await page.locator('section').last().locator('button').first().click();
  await page.locator('dialog button.primary').click();
  await page.locator('section [role=alert]').waitFor();
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await look('settings-few');
  await page.unroute(api);
}
