import { beforeEach, describe, expect, it, vi } from 'vitest';

import { ApiError, OfflineError } from './api/client';
import { fieldLimit } from './text';
import { Writing } from './writing.svelte';

interface Call {
  text: string;
  key: string;
  unlinked: boolean;
  arrive: () => void;
  fail: (error: unknown) => void;
}
let calls: Call[];
let failures: unknown[];
let cuts: number;
let field = 0;
const turn = () => new Promise((done) => setTimeout(done));

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
  calls = [];
  failures = [];
  cuts = 0;
  field++;
});

function open(initial = ''): Writing {
  return new Writing({
    draft: `field ${field}`,
    initial,
    send: (text, key, unlinked) =>
      new Promise<void>((resolve, reject) => calls.push({ text, key, unlinked, arrive: resolve, fail: reject })),
    onfailure: (error) => failures.push(error),
    oncut: () => cuts++
  });
}
function type(writing: Writing, text: string): void {
  writing.text = text;
  writing.change();
}

describe('what can be sent', () => {
  it.each([
    ['', false, 600],
    [' \n\u200b', false, 600],
    ['글', true, 599],
    [`\n${'가'.repeat(600)}\n`, true, 0],
    ['가'.repeat(601), false, -1],
    ['\u1112\u1161\u11ab'.repeat(600), true, 0]
  ])('%j: %s, with %i left', (text, ready, left) => {
    const writing = open();
    type(writing, text);
    expect(writing.ready).toBe(ready);
    expect(writing.left).toBe(left);
  });
  it('is not what was there before, however it was typed', () => {
    const writing = open('한 글');
    expect(writing.edits).toBe(true);
    expect(writing.text).toBe('한 글');
    for (const same of ['한 글', '한 글\n\n', '\u1112\u1161\u11ab 글']) {
      type(writing, same);
      expect(writing.ready, same).toBe(false);
    }
    type(writing, '다른 글');
    expect(writing.ready).toBe(true);
  });
  it('is not sent when it cannot be', async () => {
    const writing = open();
    await writing.submit();
    type(writing, '가'.repeat(601));
    await writing.submit();
    expect(calls).toEqual([]);
  });
});

describe('a field', () => {
  it('leaves out what the server refuses, and takes only so much', () => {
    const writing = open();
    type(writing, 'a\u0001b\r\nc');
    expect(writing.text).toBe('ab\nc');
    expect(cuts).toBe(0);
    type(writing, 'x'.repeat(fieldLimit));
    expect(cuts).toBe(0);
    type(writing, 'x'.repeat(fieldLimit + 1));
    expect(writing.text).toHaveLength(fieldLimit);
    expect(cuts).toBe(1);
  });
  it('takes of a paste what fits, beside what it replaces', () => {
    const writing = open();
    type(writing, 'x'.repeat(fieldLimit - 10));
    expect(writing.cut('y'.repeat(10), 0)).toBeNull();
    expect(writing.cut('y'.repeat(11), 0)).toBe('y'.repeat(10));
    expect(writing.cut('y'.repeat(15), 5)).toBeNull();
    expect(writing.cut('y'.repeat(16), 5)).toBe('y'.repeat(15));
    expect(writing.cut('\u0001'.repeat(11), 0)).toBe('');
    expect(cuts).toBe(3);
  });
  it('keeps what is typed, but not what was there before', () => {
    const writing = open('전');
    type(writing, '고치다 만 글');
    expect(writing.unfinished).toBe(true);
    writing.close();
    const again = open('전');
    expect(again.text).toBe('고치다 만 글');
    type(again, '전');
    expect(again.unfinished).toBe(false);
    again.close();
    expect(open('전').text).toBe('전');
  });
});

describe('sending', () => {
  it('empties the field at once, tidies the text and is done when it arrived', async () => {
    const writing = open();
    type(writing, '\n글 \n');
    const done = writing.submit();
    expect(writing.text).toBe('');
    expect(writing.sending).toBe(true);
    expect(calls[0]?.text).toBe('글');
    calls[0]!.arrive();
    await done;
    expect(writing.sending).toBe(false);
    expect(failures).toEqual([]);
    writing.close();
    expect(open().text).toBe('');
  });
  it('leaves an edited text in the field', async () => {
    const writing = open('전');
    type(writing, '후\n');
    void writing.submit();
    expect(writing.text).toBe('후');
    calls[0]!.fail(new ApiError(503, ''));
    await turn();
    expect(writing.text).toBe('후');
    expect(writing.unfinished).toBe(true);
  });
  it('does not send twice at once', async () => {
    const writing = open();
    type(writing, '하나');
    void writing.submit();
    type(writing, '둘');
    expect(writing.ready).toBe(false);
    await writing.submit();
    expect(calls).toHaveLength(1);
  });
  it.each([
    [new OfflineError('lost'), true],
    [new ApiError(503, ''), true],
    [new ApiError(500, ''), true],
    [new ApiError(429, ''), false],
    [new ApiError(404, ''), false],
    [new DOMException('', 'AbortError'), true]
  ])('after %s comes back; with the same key: %s', async (error, same) => {
    const writing = open();
    type(writing, '글');
    void writing.submit();
    calls[0]!.fail(error);
    await turn();
    expect(failures).toEqual([error]);
    expect(writing.text).toBe('글');
    expect(writing.unfinished).toBe(true);
    void writing.submit();
    expect(calls[1]!.key === calls[0]!.key).toBe(same);
  });
  it('uses another key for another text, and for each', async () => {
    const writing = open();
    type(writing, '글');
    void writing.submit();
    calls[0]!.fail(new OfflineError('lost'));
    await turn();
    type(writing, '글 둘');
    type(writing, '글');
    void writing.submit();
    expect(calls[1]!.key).not.toBe(calls[0]!.key);
    calls[1]!.arrive();
    await turn();
    type(writing, '글');
    void writing.submit();
    expect(new Set(calls.map(({ key }) => key)).size).toBe(3);
  });
  it('comes back before what was typed since', async () => {
    const writing = open();
    type(writing, '먼저');
    void writing.submit();
    type(writing, '나중');
    calls[0]!.fail(new OfflineError('lost'));
    await turn();
    expect(writing.text).toBe('먼저\n\n나중');
    void writing.submit();
    expect(calls[1]!.key).not.toBe(calls[0]!.key);
  });
  it('comes back into the field that is open by then, with its key', async () => {
    const writing = open();
    type(writing, '글');
    void writing.submit();
    writing.close();
    const next = open();
    expect(next.text).toBe('');
    calls[0]!.fail(new OfflineError('lost'));
    await turn();
    expect(next.text).toBe('글');
    expect(writing.text).toBe('');
    void next.submit();
    expect(calls[1]!.key).toBe(calls[0]!.key);
  });
});

describe('a text that is not to bear one’s name', () => {
  it('is sent so, and the next one is not', async () => {
    const writing = open();
    type(writing, '하나');
    writing.unlink(true);
    void writing.submit();
    calls[0]!.arrive();
    await turn();
    type(writing, '둘');
    void writing.submit();
    expect(calls.map(({ unlinked }) => unlinked)).toEqual([true, false]);
  });
  it('is another body, and so another attempt', async () => {
    const writing = open();
    type(writing, '글');
    void writing.submit();
    calls[0]!.fail(new OfflineError('lost'));
    await turn();
    writing.unlink(true);
    void writing.submit();
    expect(calls[1]!.key).not.toBe(calls[0]!.key);
  });
  it('is so when it is opened again, and when it comes back', async () => {
    const writing = open();
    type(writing, '글');
    writing.unlink(true);
    writing.close();
    const again = open();
    expect(again.unlinked).toBe(true);
    void again.submit();
    expect(again.unlinked).toBe(false);
    calls[0]!.fail(new OfflineError('lost'));
    await turn();
    expect(again.unlinked).toBe(true);
    void again.submit();
    expect([calls[1]!.key === calls[0]!.key, calls[1]!.unlinked]).toEqual([true, true]);
  });
  it('makes what was typed since the same when it comes back before it, and no other text ever', async () => {
    const writing = open();
    type(writing, '먼저');
    writing.unlink(true);
    void writing.submit();
    type(writing, '나중');
    expect(writing.unlinked).toBe(false);
    calls[0]!.fail(new OfflineError('lost'));
    await turn();
    expect(writing.unlinked).toBe(true);
    type(writing, '');
    type(writing, '새로');
    expect(writing.unlinked).toBe(true);
  });
});
