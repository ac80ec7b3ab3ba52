import { beforeEach, describe, expect, it, vi } from 'vitest';

import { posts } from './calls';
import { api, ApiError, apiOnce, download, OfflineError, passes, signIn, useLanguage } from './client';

interface Asked {
  path: string;
  init: RequestInit & { headers: Record<string, string> };
}
let asked: Asked[];
let answers: (Response | Error | ((path: string) => Response))[];

const answer = (status: number, data: unknown = null, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ resultCode: '', message: `said ${status}`, data }), { status, headers });

beforeEach(() => {
  asked = [];
  answers = [];
  vi.stubGlobal('fetch', async (path: string, init: Asked['init']) => {
    asked.push({ path, init });
    const next = answers.shift();
    if (!next) throw new Error(`nothing answers ${path}`);
    if (next instanceof Error) throw next;
    return typeof next === 'function' ? next(path) : next;
  });
  useLanguage(() => 'en');
});
const paths = () => asked.map(({ path }) => path);

describe('api', () => {
  it('gives what the envelope has, and says who asks how', async () => {
    answers = [answer(200, { n: 1 })];
    expect(await api('/x', { method: 'POST', body: { a: 1 }, idempotencyKey: 'key' })).toEqual({ n: 1 });
    expect(asked[0]!.init).toMatchObject({
      method: 'POST',
      body: '{"a":1}',
      credentials: 'same-origin',
      keepalive: true,
      headers: { 'Accept-Language': 'en', 'Content-Type': 'application/json', 'Idempotency-Key': 'key' }
    });
  });
  it('says whose it is, and hears when another is signed in', async () => {
    answers = [answer(409, null, { 'Failure-Code': 'OTHER_ACCOUNT' })];
    await expect(api('/x', { method: 'POST', account: 7 })).rejects.toMatchObject({ status: 409, code: 'OTHER_ACCOUNT' });
    expect(asked[0]!.init.headers).toMatchObject({ 'As-Account': '7' });
  });
  it('asks without a body and a key where there are none', async () => {
    answers = [answer(200)];
    await api('/x');
    expect(asked[0]!.init).toMatchObject({ method: 'GET', keepalive: false });
    expect(Object.keys(asked[0]!.init.headers)).toEqual(['Accept-Language']);
  });
  it('takes what was asked while the page came, once and while nothing was done', async () => {
    const ask = (data: unknown) => ({ limit: new AbortController(), answer: Promise.resolve(answer(200, data)) });
    vi.stubGlobal('early', { '/me': ask('early'), '/feeds': ask('early') });
    vi.resetModules();
    const fresh = await import('./client');
    answers = [answer(200, 'later'), answer(200), answer(200, 'after')];
    expect([await fresh.api('/me'), await fresh.api('/me')]).toEqual(['early', 'later']);
    await fresh.api('/x', { method: 'POST' });
    expect(await fresh.api('/feeds')).toBe('after');
    expect(paths()).toEqual(['/me', '/x', '/feeds']);
  });
  it('renews by what was asked then, which is no reason to ask again for the rest', async () => {
    const early = (status: number, data: unknown) => ({ limit: new AbortController(), answer: Promise.resolve(answer(status, data)) });
    vi.stubGlobal('early', { '/me': early(401, null), '/api/token': early(200, null), '/offers': early(200, 'early') });
    vi.resetModules();
    const fresh = await import('./client');
    answers = [answer(200, 'me')];
    expect([await fresh.api('/me'), await fresh.api('/offers')]).toEqual(['me', 'early']);
    expect(paths()).toEqual(['/me']);
  });
  it('renews once, however many are refused, and repeats each', async () => {
    let renewed = false;
    const reply = (path: string) => {
      if (path === '/api/token') renewed = true;
      return answer(path === '/api/token' || renewed ? 200 : 401, path);
    };
    answers = Array.from({ length: 5 }, () => reply);
    expect(await Promise.all([api('/a'), api('/b')])).toEqual(['/a', '/b']);
    expect(paths().filter((path) => path === '/api/token')).toHaveLength(1);
    expect(paths().slice(-2).sort()).toEqual(['/a', '/b']);
  });
  it('is refused when the session is over, and does not renew for signing in', async () => {
    answers = [answer(401), answer(401), answer(401)];
    await expect(api('/x')).rejects.toMatchObject({ status: 401, message: 'said 401' });
    expect(paths()).toEqual(['/x', '/api/token']);
    await expect(apiOnce('/y')).rejects.toMatchObject({ status: 401 });
    expect(paths()).toHaveLength(3);
  });
  it('does not take a busy server for the end of the session', async () => {
    for (const status of [429, 503]) {
      answers = [answer(401), answer(status, null, { 'Retry-After': '7' })];
      await expect(api('/x')).rejects.toMatchObject({ status, wait: 7 });
    }
    answers = [answer(401), new TypeError('no network')];
    await expect(api('/x')).rejects.toBeInstanceOf(OfflineError);
  });
  it.each([403, 404, 409, 500])('does not renew after %i', async (status) => {
    answers = [answer(status)];
    await expect(api('/x')).rejects.toMatchObject({ status });
    expect(paths()).toEqual(['/x']);
  });
  it('takes the word of a proxy for no answer', async () => {
    for (const status of [200, 502, 504]) {
      answers = [new Response('<h1>proxy</h1>', { status })];
      await expect(api('/x')).rejects.toBeInstanceOf(OfflineError);
    }
    answers = [new Response('<h1>proxy</h1>', { status: 413 })];
    await expect(api('/x')).rejects.toMatchObject({ status: 413, message: '' });
  });
  it.each([
    ['45', 45],
    ['0', 0],
    [null, null],
    ['soon', null],
    [new Date(Date.now() - 30_000).toUTCString(), 0]
  ])('reads Retry-After %j as %j', async (field, wait) => {
    answers = [answer(429, null, field === null ? {} : { 'Retry-After': field })];
    await expect(api('/x')).rejects.toMatchObject({ wait });
  });
  it('reads a date in Retry-After', async () => {
    vi.useFakeTimers({ now: Date.parse('2026-11-26T12:00:00.500Z'), toFake: ['Date'] });
    answers = [answer(503, null, { 'Retry-After': 'Thu, 26 Nov 2026 12:00:30 GMT' })];
    await expect(api('/x')).rejects.toMatchObject({ wait: 30 });
    vi.useRealTimers();
  });
});

it.each([
  [new OfflineError('lost'), true],
  [new ApiError(429, ''), true],
  [new ApiError(500, ''), true],
  [new ApiError(503, ''), true],
  [new ApiError(499, ''), false],
  [new ApiError(404, ''), false],
  [new Error('x'), false]
])('%s may pass by itself: %s', (error, may) => expect(passes(error)).toBe(may));

describe('posts', () => {
  it('likes by PUT and takes back by DELETE', async () => {
    answers = [answer(200), answer(200)];
    await posts.like(5, true);
    await posts.like(5, false);
    expect(asked.map(({ path, init }) => `${init.method} ${path}`)).toEqual(['PUT /api/v1/feedLikes/5', 'DELETE /api/v1/feedLikes/5']);
  });
  it('takes what is deleted already for deleted, and nothing else', async () => {
    for (const status of [200, 400, 404]) {
      answers = [answer(status)];
      await posts.remove(5);
    }
    for (const status of [403, 500]) {
      answers = [answer(status)];
      await expect(posts.remove(5)).rejects.toMatchObject({ status });
    }
  });
});

describe('signing in beside a renewal', () => {
  /** Answers when it is told to. */
  function slow() {
    const waiting: { path: string; give: (status: number) => void }[] = [];
    vi.stubGlobal('fetch', (path: string, init: Asked['init']) => {
      asked.push({ path, init });
      return new Promise((give) => waiting.push({ path, give: (status) => give(answer(status)) }));
    });
    const turn = () => new Promise((done) => setTimeout(done));
    return async (path: string, status: number) => {
      await turn();
      const at = waiting.findIndex((each) => each.path === path);
      expect(at, `${path} is under way`).toBeGreaterThanOrEqual(0);
      waiting.splice(at, 1)[0]!.give(status);
      await turn();
    };
  }

  it('waits for a renewal that is under way, whose refusal would clear the new cookies', async () => {
    const give = slow();
    const read = api('/x').catch((error: unknown) => error);
    await give('/x', 401);
    const guest = signIn('/api/guest', { method: 'POST' });
    expect(paths()).toEqual(['/x', '/api/token']);
    await give('/api/token', 401);
    expect(await read).toMatchObject({ status: 401 });
    expect(paths()).toEqual(['/x', '/api/token', '/api/guest']);
    await give('/api/guest', 200);
    await guest;
  });
  it('is waited for by the next renewal, which then has the new cookies', async () => {
    const give = slow();
    const read = api('/x');
    const guest = signIn('/api/guest', { method: 'POST' });
    await give('/x', 401);
    expect(paths()).toEqual(['/x', '/api/guest']);
    await give('/api/guest', 200);
    await guest;
    await give('/api/token', 200);
    await give('/x', 200);
    await read;
    expect(paths()).toEqual(['/x', '/api/guest', '/api/token', '/x']);
  });
  it('holds up no renewal when it fails, nor the next one', async () => {
    const give = slow();
    const guest = signIn('/api/guest', { method: 'POST' }).catch((error: unknown) => error);
    await give('/api/guest', 429);
    expect(await guest).toMatchObject({ status: 429 });
    const again = signIn('/api/guest', { method: 'POST' });
    await give('/api/guest', 200);
    await again;
  });
  it('lets a renewal end with the page, for the next page may be of a sign-in', async () => {
    answers = [answer(401), answer(200), answer(200)];
    await api('/x', { method: 'POST' });
    expect(asked.map(({ path, init }) => [path, init.keepalive])).toEqual([
      ['/x', true],
      ['/api/token', false],
      ['/x', true]
    ]);
  });
});

describe('a download', () => {
  const file = (parts: (string | Error)[]) =>
    new Response(
      new ReadableStream({
        pull(on) {
          const part = parts.shift();
          if (part === undefined) on.close();
          else if (part instanceof Error) on.error(part);
          else on.enqueue(new TextEncoder().encode(part));
        }
      }),
      { headers: { 'Content-Disposition': 'attachment; filename="all-2026.zip"' } }
    );
  const never = new AbortController().signal;

  it('has the name the server gives, and says how much is here', async () => {
    answers = [answer(401), answer(200), file(['abc', 'de'])];
    const heard: number[] = [];
    const { name, content } = await download('/file', never, (bytes) => heard.push(bytes));
    expect(name).toBe('all-2026.zip');
    expect(await content.text()).toBe('abcde');
    expect(heard).toEqual([3, 5]);
    expect(paths()).toEqual(['/file', '/api/token', '/file']);
  });
  it('is refused in the server’s words, with the wait', async () => {
    answers = [answer(503, null, { 'Retry-After': '30' })];
    await expect(download('/file', never, () => {})).rejects.toMatchObject({ status: 503, message: 'said 503', wait: 30 });
  });
  it('that is cut off is none', async () => {
    answers = [file(['abc', new TypeError('cut off')])];
    await expect(download('/file', never, () => {})).rejects.toBeInstanceOf(OfflineError);
  });
  it('takes as long as it takes once it has begun', async () => {
    vi.useFakeTimers();
    let end = () => {};
    const slow = new Response(new ReadableStream({ start: (on) => void (end = () => on.close()) }));
    vi.stubGlobal('fetch', async (_: string, { signal }: RequestInit) => {
      signal!.addEventListener('abort', () => end());
      return slow;
    });
    const stop = new AbortController();
    let done = false;
    const asked = download('/file', stop.signal, () => {}).then(() => (done = true));
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(done).toBe(false);
    end();
    await asked;
    vi.useRealTimers();
  });
});
