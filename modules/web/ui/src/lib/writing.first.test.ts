import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { ApiError, OfflineError } from './api/client';
import { Writing } from './writing.svelte';

const hour = 3_600_000;
let calls: { text: string; key: string; first: number; fail: (error: unknown) => void }[];
let field = 0;

beforeEach(async () => {
  vi.stubGlobal('crypto', (await vi.importActual<{ webcrypto: Crypto }>('node:crypto')).webcrypto);
  const kept: Record<string, string> = {};
  const methods = {
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, value: string) => void (kept[key] = value),
    removeItem: (key: string) => void delete kept[key]
  };
  for (const [name, value] of Object.entries(methods)) Object.defineProperty(kept, name, { value });
  vi.stubGlobal('localStorage', kept);
  vi.useFakeTimers({ now: 100 * hour, toFake: ['Date'] });
  calls = [];
  field++;
});
afterEach(() => vi.useRealTimers());

const open = () =>
  new Writing({
    draft: `first ${field}`,
    initial: '',
    send: (text, key, _, first) => new Promise<void>((__, fail) => calls.push({ text, key, first, fail })),
    onfailure: () => {},
    oncut: () => {}
  });
function type(writing: Writing, text: string): void {
  writing.text = text;
  writing.change();
}
async function fail(error: unknown): Promise<void> {
  calls.at(-1)!.fail(error);
  await new Promise((done) => setTimeout(done));
}

describe('when a key was first sent', () => {
  it('is remembered as long as the key is, in another page, too', async () => {
    let writing = open();
    type(writing, '글');
    vi.setSystemTime(101 * hour);
    void writing.submit();
    await fail(new OfflineError('lost'));
    vi.setSystemTime(111 * hour);
    void writing.submit();
    await fail(new ApiError(503, ''));
    writing.close();
    vi.setSystemTime(125 * hour);
    writing = open();
    void writing.submit();
    await fail(new DOMException('', 'AbortError'));
    vi.setSystemTime(126 * hour);
    void writing.submit();
    expect(calls.map(({ first }) => first)).toEqual([101 * hour, 101 * hour, 101 * hour, 101 * hour]);
    expect(new Set(calls.map(({ key }) => key)).size).toBe(1);
  });
  it('is now for another text, and after a refusal', async () => {
    const writing = open();
    type(writing, '글');
    void writing.submit();
    await fail(new OfflineError('lost'));
    vi.setSystemTime(110 * hour);
    type(writing, '다른 글');
    void writing.submit();
    await fail(new ApiError(400, ''));
    vi.setSystemTime(120 * hour);
    void writing.submit();
    expect(calls.map(({ first }) => first)).toEqual([100 * hour, 110 * hour, 120 * hour]);
  });
  it('is not made up for a key that was kept without it', () => {
    const kept = { text: '', at: Date.now(), version: 1, over: {}, sent: { text: '글', key: 'key' }, left: true };
    localStorage.setItem(`draft:|first ${field}|page`, JSON.stringify(kept));
    void open().submit();
    expect(calls).toMatchObject([{ text: '글', key: 'key', first: 0 }]);
  });
});
