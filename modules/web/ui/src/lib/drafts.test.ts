import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Browser } from './drafts.pages';

let browser: Browser;
const day = 86_400_000;
beforeEach(async () => {
  // Node 18 keeps what browsers call `crypto` in a module.
  vi.stubGlobal('crypto', (await vi.importActual<{ webcrypto: Crypto }>('node:crypto')).webcrypto);
  browser = new Browser();
});
afterEach(() => vi.useRealTimers());

const openField = async (owner?: string, name?: string) => (await browser.open(owner)).field(name);

describe('a field that is not on the screen', () => {
  it('has what is unfinished in it, in this page or another, and nothing that is sent or on its way', async () => {
    const one = await openField();
    const has = (page: typeof one) => page.act(() => page.drafts.has('post'));
    expect(has(one)).toBe(false);
    one.type('text');
    const other = await browser.open();
    expect(has(one)).toBe(true);
    expect(has(other)).toBe(true);
    one.send();
    expect(has(one)).toBe(false);
    one.arrived();
    expect(has(one)).toBe(false);
    expect(one.act(() => one.drafts.has('another'))).toBe(false);
  });
});

describe('one page', () => {
  it('keeps what is typed and forgets what is emptied', async () => {
    const one = await openField();
    one.type('text');
    let next = await one.reload();
    expect(next.text).toBe('text');
    next.type('');
    next = await next.reload();
    expect(next.text).toBe('');
    expect(browser.stored.size).toBe(0);
  });
  it('keeps each field’s own', async () => {
    (await openField('1', 'a')).type('in a');
    expect((await openField('1', 'b')).text).toBe('');
    expect((await openField('1', 'a')).text).toBe('in a');
  });
  it('does not offer what is under way, and offers it again with its key when nobody answered', async () => {
    const one = await openField();
    one.type('sent');
    one.send('key');
    expect(one.field().text).toBe('');
    one.returned('sent', 'key');
    expect(one.text).toBe('sent');
    expect(one.key).toBe('key');
    const next = await one.reload();
    expect(next.draft.found).toEqual({ text: 'sent', key: 'key' });
    next.type('changed');
    expect((await next.reload()).draft.found).toEqual({ text: 'changed' });
  });
  it('has what left the field with the page, and with the same key', async () => {
    const one = await openField();
    one.type('sent');
    one.send('key');
    expect((await one.reload()).draft.found).toEqual({ text: 'sent', key: 'key' });
  });
  it('keeps what was typed while another text was under way', async () => {
    const one = await openField();
    one.type('first');
    one.send();
    one.type('second');
    expect(one.field().text).toBe('second');
    one.returned('first', 'key');
    expect(one.text).toBe('first\n\nsecond');
    const next = await one.reload();
    expect(next.draft.found).toEqual({ text: 'first\n\nsecond' });
  });
  it('keeps what comes back while the field is not on the screen', async () => {
    const one = await openField();
    one.type('first');
    one.send();
    one.draft.close();
    one.text = '';
    one.returned('first', 'key');
    expect(one.text).toBe('');
    expect(one.field().draft.found).toEqual({ text: 'first', key: 'key' });
  });
  it('has nothing left when it arrived', async () => {
    const one = await openField();
    one.type('sent');
    one.send();
    one.arrived();
    expect((await one.reload()).text).toBe('');
    expect(browser.stored.size).toBe(0);
  });
  it('keeps a text for 14 days, and no longer', async () => {
    vi.useFakeTimers();
    const one = await openField();
    one.type('text');
    one.leave();
    vi.advanceTimersByTime(14 * day - 1);
    expect((await openField()).text).toBe('text');
    browser.pages.splice(0);
    vi.advanceTimersByTime(1);
    expect((await openField()).text).toBe('');
  });
  it('is forgotten by whatever page is opened long after, also one of somebody else', async () => {
    vi.useFakeTimers();
    const one = await openField('guest-3');
    one.type('text');
    one.leave();
    vi.advanceTimersByTime(28 * day - 1);
    await browser.open('7');
    expect(browser.stored.size).toBe(1);
    vi.advanceTimersByTime(1);
    await browser.open('7');
    expect(browser.stored.size).toBe(0);
  });
  it('goes on where nothing can be stored', async () => {
    const one = await openField();
    browser.refuses = true;
    one.type('text');
    expect(one.field().text).toBe('text');
    one.send();
    one.returned('text', 'key');
    expect(one.text).toBe('text');
  });
  it('is needed while something is on its way, or kept nowhere else', async () => {
    const one = await openField();
    const needed = () => one.act(() => one.drafts.needed());
    one.type('text');
    expect(needed()).toBe(false);
    one.send();
    expect(needed()).toBe(true);
    one.arrived();
    expect(needed()).toBe(false);
    browser.refuses = true;
    one.type('another');
    expect(needed()).toBe(true);
    one.type('');
    expect(needed()).toBe(false);
    one.type('a third');
    browser.refuses = false;
    one.type('a third one');
    expect(needed()).toBe(false);
  });
});

describe('several pages', () => {
  it('show what another has typed, and neither loses its own', async () => {
    const one = await openField();
    one.type('in one');
    const two = await openField();
    expect(two.text).toBe('in one');
    two.type('in two');
    two.send();
    two.arrived();
    const again = await one.reload();
    expect(again.text).toBe('in one');
    two.type('in two again');
    expect((await again.reload()).text).toBe('in two again\n\nin one');
    expect((await two.reload()).text).toBe('in two again\n\nin one');
  });
  it('send what both show once', async () => {
    const one = await openField();
    one.type('the same');
    const two = await openField();
    two.send();
    browser.settle();
    expect(one.text).toBe('');
    two.arrived();
    browser.settle();
    expect((await one.reload()).text).toBe('');
    expect((await two.reload()).text).toBe('');
  });
  it('let go of what arrives although its sending was not seen, but not of something else', async () => {
    const one = await openField();
    one.type('the same');
    one.send();
    const two = await openField();
    const three = await openField();
    expect(two.text).toBe('the same');
    three.type('the same, and more');
    one.arrived();
    browser.settle();
    expect(two.text).toBe('');
    expect(three.text).toBe('the same, and more');
  });
  it('keep what another tries in vain', async () => {
    const one = await openField();
    one.type('the same');
    const two = await openField();
    two.send();
    browser.settle();
    expect(one.text).toBe('');
    two.returned('the same', 'key');
    expect((await one.reload()).draft.found).toEqual({ text: 'the same', key: 'key' });
  });
  it('do not show again what was written over in another that is gone', async () => {
    const one = await openField();
    one.type('old');
    one.leave();
    const two = await openField();
    two.type('new');
    expect((await two.reload()).text).toBe('new');
  });
  it('do not bring back what was sent from a page that ended without a word', async () => {
    const one = await openField();
    one.type('typed before it was killed');
    browser.pages.splice(0);
    const two = await openField();
    expect(two.text).toBe('typed before it was killed');
    two.send();
    two.arrived();
    const three = await two.reload();
    expect(three.text).toBe('');
    expect((await three.reload()).text).toBe('');
  });
  it('come back from the browser’s memory with what they had', async () => {
    const one = await openField();
    one.type('text');
    one.leave();
    const two = await openField();
    two.type('');
    one.comeBack();
    two.leave();
    expect((await openField()).text).toBe('text');
  });
});

it('loses no text, whatever order pages learn of each other in', async () => {
  for (let seed = 1; seed <= 100; seed++) {
    let state = seed;
    const below = (limit: number) => (state = (state * 48_271) % 2_147_483_647) % limit;
    browser = new Browser();
    let typed = 0;
    const whole = async () => {
      // Not one of the pages: it only looks.
      const look = await openField();
      const { text } = look;
      browser.pages.splice(browser.pages.indexOf(look), 1);
      for (const key of [...browser.stored.keys()]) if (!snapshot.has(key)) browser.stored.delete(key);
      for (const [key, value] of snapshot) browser.stored.set(key, value);
      return text;
    };
    let snapshot = new Map<string, string>();
    for (let steps = 25; steps > 0; steps--) {
      const page = browser.pages[below(browser.pages.length || 1)];
      const action = below(8);
      if (!page || (action === 0 && browser.pages.length < 4)) await openField();
      else if (action <= 2) page.type(below(2) ? `${page.text} ${++typed};` : `${++typed};`);
      else if (action === 3 && page.text !== '') {
        const sent = page.send(`key ${typed}`);
        const outcome = below(3);
        if (outcome === 0) page.arrived();
        else page.returned(sent, outcome === 1 ? `key ${typed}` : undefined);
      } else if (action === 4) {
        const { text } = page;
        page.leave();
        snapshot = new Map(browser.stored);
        const found = await whole();
        for (const token of text.match(/\d+;/g) ?? []) expect(found, `seed ${seed}`).toContain(token);
      } else page.learn();
    }
    const shown = browser.pages.flatMap((page) => page.text.match(/\d+;/g) ?? []);
    while (browser.pages.length > 0) browser.pages[0]!.leave();
    snapshot = new Map(browser.stored);
    const found = await whole();
    for (const token of shown) expect(found, `seed ${seed}`).toContain(token);
  }
}, 120_000);
