import { beforeEach, expect, it, vi } from 'vitest';

import { bytesOf, textOf } from './base64url';
import { PasskeyError, passkeys } from './passkeys';

let asked: [string, unknown][];
let answers: Response[];
const answer = (data: unknown, status = 200) => new Response(JSON.stringify({ message: '', data }), { status });
const bytes = (...each: number[]) => new Uint8Array(each).buffer;

const making = {
  challenge: '-_8',
  rp: { id: 'a.test', name: 'x' },
  user: { id: 'AQI', name: 'x', displayName: 'x' },
  pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
  timeout: 1,
  excludeCredentials: [{ type: 'public-key', id: 'Aw' }],
  authenticatorSelection: {},
  attestation: 'none'
};
const create = vi.fn();
const get = vi.fn();

beforeEach(() => {
  vi.resetAllMocks();
  asked = [];
  answers = [];
  vi.stubGlobal('PublicKeyCredential', class {});
  vi.stubGlobal('navigator', { credentials: { create, get } });
  vi.stubGlobal('fetch', async (path: string, { body }: { body?: string }) => {
    asked.push([path, body && JSON.parse(body)]);
    return answers.shift()!;
  });
});

it('bytes are text and back, with and without what base64 would pad or write otherwise', () => {
  for (const length of [0, 1, 2, 3, 4, 255]) {
    const some = Uint8Array.from({ length }, (_, at) => 255 - at);
    expect(textOf(some.buffer)).toMatch(/^[\w-]*$/);
    expect([...bytesOf(textOf(some.buffer))]).toEqual([...some]);
  }
});

it('makes one as the server wishes, and tells it what was made', async () => {
  answers = [answer(making), answer(null, 201)];
  create.mockResolvedValue({ rawId: bytes(9), response: { clientDataJSON: bytes(1), attestationObject: bytes(251, 255) } });
  await passkeys.add();
  const { publicKey } = create.mock.calls[0]![0];
  expect([...publicKey.challenge]).toEqual([251, 255]);
  expect([...publicKey.user.id]).toEqual([1, 2]);
  expect([...publicKey.excludeCredentials[0].id]).toEqual([3]);
  expect(publicKey.rp).toEqual(making.rp);
  expect(asked[1]).toEqual(['/api/v1/users/me/passkeys', { response: { clientDataJSON: 'AQ', attestationObject: '-_8' } }]);
});

it('signs in by one, and answers where that leads', async () => {
  answers = [answer({ challenge: 'AQ', rpId: 'a.test' }), answer({ location: '/there' })];
  const response = { clientDataJSON: bytes(1), authenticatorData: bytes(2), signature: bytes(3), userHandle: bytes(4) };
  get.mockResolvedValueOnce({ rawId: bytes(9), response });
  expect(await passkeys.signIn(true)).toBe('/there');
  const texts = { clientDataJSON: 'AQ', authenticatorData: 'Ag', signature: 'Aw', userHandle: 'BA' };
  expect(asked[1]).toEqual(['/api/v1/sign-in/passkey', { id: 'CQ', response: texts, keepPosts: true }]);

  answers = [answer({ challenge: 'AQ' }), answer({ location: '/' })];
  get.mockResolvedValueOnce({ rawId: bytes(9), response: { ...response, userHandle: null } });
  await passkeys.signIn(false);
  expect(asked[3]![1]).toMatchObject({ response: { userHandle: null }, keepPosts: false });
});

it.each([
  ['NotAllowedError', 'cancelled'],
  ['AbortError', 'cancelled'],
  ['InvalidStateError', 'known'],
  ['NotSupportedError', 'unsupported'],
  ['SecurityError', 'unsupported']
])('says why there is none: %s', async (name, why) => {
  answers = [answer(making), answer({ challenge: 'AQ' })];
  for (const ask of [create, get]) ask.mockRejectedValue(new DOMException('', name));
  await expect(passkeys.add()).rejects.toEqual(new PasskeyError(why as PasskeyError['why']));
  await expect(passkeys.signIn(false)).rejects.toMatchObject({ why });
});

it('asks the server nothing where the browser has none', async () => {
  vi.unstubAllGlobals();
  await expect(passkeys.add()).rejects.toMatchObject({ why: 'unsupported' });
  await expect(passkeys.signIn(false)).rejects.toMatchObject({ why: 'unsupported' });
});

it('takes one that is gone for removed, and nothing else', async () => {
  answers = [answer(null, 404)];
  await passkeys.remove(5);
  expect(asked[0]![0]).toBe('/api/v1/users/me/passkeys/5');
  answers = [answer(null, 409)];
  await expect(passkeys.remove(5)).rejects.toMatchObject({ status: 409 });
});
