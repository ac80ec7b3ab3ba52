import { beforeEach, describe, expect, it, vi } from 'vitest';

import { ApiError, OfflineError } from './api/client';
import { Writing } from './writing.svelte';

let server: string;
let sent: string[];
let failures: unknown[];
/** What asking for the present text, or sending one, fails with. */
let away: unknown;
let refused: unknown;
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
  [server, sent, failures, away, refused] = ['처음', [], [], null, null];
  field++;
});

/** The field in which a text is edited that is shown as `shown`. */
function open(shown = server): Writing {
  return new Writing({
    draft: `edit ${field}`,
    initial: shown,
    current: async () => {
      if (away) throw away;
      return server;
    },
    send: async (text) => {
      if (refused) throw refused;
      sent.push((server = text));
    },
    onfailure: (error) => failures.push(error),
    oncut: () => {}
  });
}
function type(writing: Writing, text: string): Writing {
  writing.text = text;
  writing.change();
  return writing;
}
/** An edit that was begun, and whose text was changed elsewhere before it was gone on with. */
function overtaken(): Writing {
  type(open(), '내 글').close();
  server = '다른 기기의 글';
  return open();
}

describe('an edit whose text was changed elsewhere meanwhile', () => {
  it('says so and is not sent before it is chosen which stands', async () => {
    const writing = overtaken();
    expect(writing.overtaken).toBe(true);
    expect(writing.text).toBe('내 글');
    expect(writing.present).toBe('다른 기기의 글');
    expect(writing.ready).toBe(false);
    await writing.submit();
    type(writing, '내 글, 더');
    await writing.submit();
    type(writing, '');
    type(writing, '내 글, 다시');
    await writing.submit();
    expect([writing.overtaken, sent]).toEqual([true, []]);
  });
  it('goes on with what was typed, also when it is opened again', async () => {
    overtaken().goOn();
    const writing = open();
    expect([writing.text, writing.overtaken]).toEqual(['내 글', false]);
    await writing.submit();
    expect(sent).toEqual(['내 글']);
  });
  it('says so again where it was changed once more', async () => {
    overtaken().goOn();
    server = '또 다른 글';
    expect(open().overtaken).toBe(true);
  });
  it('takes the present text, and gives back what was typed', () => {
    const writing = overtaken();
    const giveBack = writing.take();
    expect([writing.text, writing.overtaken, writing.unfinished]).toEqual(['다른 기기의 글', false, false]);
    expect(open().text).toBe('다른 기기의 글');
    giveBack();
    const again = open();
    expect([again.text, again.overtaken]).toEqual(['내 글', true]);
  });
  it('gives it back into the field that is open, before what was typed since', () => {
    const writing = overtaken();
    const giveBack = writing.take();
    type(writing, '지금 글에 이어 쓴 글');
    giveBack();
    expect([writing.text, writing.overtaken]).toEqual(['내 글\n\n지금 글에 이어 쓴 글', true]);
  });
  it('is none where both say the same, or it was changed back', () => {
    type(open(), '다른 기기의 글\n').close();
    server = '다른 기기의 글';
    expect(open().overtaken).toBe(false);
    server = '처음';
    expect(open().overtaken).toBe(false);
  });
});

describe('an edit while the field is open', () => {
  it('follows the text where nothing was typed, and says it where something was', () => {
    const writing = open();
    writing.follow('둘째');
    expect([writing.text, writing.overtaken]).toEqual(['둘째', false]);
    type(writing, '둘째, 고치는 중');
    expect(writing.overtaken).toBe(false);
    writing.follow('셋째');
    expect([writing.text, writing.overtaken]).toEqual(['둘째, 고치는 중', true]);
  });
  it('asks before it replaces a text that is shown as it was', async () => {
    const writing = type(open(), '내 글');
    server = '다른 기기의 글';
    await writing.submit();
    expect([sent, writing.overtaken, writing.text, writing.sending]).toEqual([[], true, '내 글', false]);
    expect(open().overtaken).toBe(true);
    writing.goOn();
    await writing.submit();
    expect(sent).toEqual(['내 글']);
  });
  it.each([new OfflineError('lost'), new ApiError(503, '')])('keeps what is typed where nobody can say what it is: %s', async (error) => {
    const writing = type(open(), '내 글');
    away = error;
    await writing.submit();
    expect([sent, failures, writing.text, writing.sending]).toEqual([[], [error], '내 글', false]);
    expect(open().text).toBe('내 글');
    away = null;
    await writing.submit();
    expect(sent).toEqual(['내 글']);
  });
  it('knows from what it began when it comes back', async () => {
    const writing = type(open(), '내 글');
    refused = new ApiError(503, '');
    await writing.submit();
    expect(writing.overtaken).toBe(false);
    writing.close();
    server = '다른 기기의 글';
    expect(open().overtaken).toBe(true);
  });
  it('sends once more what arrived without an answer', async () => {
    const writing = type(open(), '내 글');
    refused = new OfflineError('lost');
    await writing.submit();
    server = '내 글';
    refused = null;
    await writing.submit();
    expect([sent, writing.overtaken]).toEqual([['내 글'], false]);
  });
  it('is not sent where its author has signed out while it was asked', async () => {
    const { drafts } = await import('./drafts');
    const writing = type(open(), '내 글');
    const done = writing.submit();
    drafts.clearAll();
    await done;
    expect([sent, writing.text]).toEqual([[], '처음']);
  });
});
