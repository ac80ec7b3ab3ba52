import { beforeEach, describe, expect, it, vi } from 'vitest';

import { devices, handOver, leave, signIn, signUp, ways } from './members';
import { accountSettings } from './settings';

let asked: string[];
let answers: Response[];
const answer = (status: number, data: unknown = null) =>
  new Response(JSON.stringify({ resultCode: '', message: '', data }), { status });

beforeEach(() => {
  asked = [];
  answers = [];
  vi.stubGlobal('fetch', async (path: string, { method, body }: { method: string; body?: string }) => {
    asked.push([method, path, body].filter(Boolean).join(' '));
    return answers.shift() ?? answer(200, {});
  });
});

describe('a server without these calls', () => {
  it.each([403, 404, 405])('says %i, and has none', async (status) => {
    for (const read of [signUp.get, ways.get, devices.list, accountSettings.get]) {
      answers = [answer(status)];
      expect(await read()).toBeNull();
    }
  });
  it('is not one that is busy', async () => {
    answers = [answer(503)];
    await expect(devices.list()).rejects.toMatchObject({ status: 503 });
  });
});

it('asks as the API is described', async () => {
  await signIn.email('a@b.test', true);
  await signIn.code('123456');
  await signUp.finish('2026-11-27', '');
  await signUp.finish('2026-11-27', 'CODE');
  await ways.link('a/b');
  await ways.unlink(7);
  await devices.end(7);
  await devices.endOthers();
  await handOver.claim('123456');
  await handOver.finish();
  await leave.byMail('CLOSE');
  await leave.byMail('INACTIVE');
  await leave.now('CLOSE');
  await accountSettings.change({ language: 'en' });
  expect(asked).toEqual([
    'POST /api/v1/sign-in/email {"email":"a@b.test","keepPosts":true}',
    'POST /api/v1/sign-in/email/code {"code":"123456"}',
    'POST /api/v1/sign-up {"age14":true,"terms":"2026-11-27"}',
    'POST /api/v1/sign-up {"age14":true,"terms":"2026-11-27","invitation":"CODE"}',
    'POST /api/v1/users/me/identities/a%2Fb',
    'DELETE /api/v1/users/me/identities/7',
    'DELETE /api/v1/sessions/7',
    'DELETE /api/v1/sessions',
    'POST /api/v1/sessions/hand-over/claim {"code":"123456"}',
    'POST /api/v1/sessions/hand-over/claim/finish',
    'POST /api/v1/users/account-close/email-request',
    'POST /api/v1/users/account-inactive/email-request',
    'POST /api/v1/users/me/leave {"kind":"CLOSE"}',
    'PATCH /api/v1/users/me/settings {"language":"en"}'
  ]);
});

it('takes a session that has ended for ended, and nothing else', async () => {
  answers = [answer(404)];
  await devices.end(5);
  answers = [answer(409)];
  await expect(devices.end(5)).rejects.toMatchObject({ status: 409 });
});
