import { beforeEach, describe, expect, it, vi } from 'vitest';

import { Browser } from './drafts.pages';

let browser: Browser;
beforeEach(async () => {
  // Node 18 keeps what browsers call `crypto` in a module.
  vi.stubGlobal('crypto', (await vi.importActual<{ webcrypto: Crypto }>('node:crypto')).webcrypto);
  browser = new Browser();
});

const openField = async () => (await browser.open()).field();

describe('a draft of an edit', () => {
  it('keeps from which text the edit began, typed, sent and come back', async () => {
    const one = await openField();
    one.type('mine', false, 'before');
    let next = await one.reload();
    expect(next.draft.found).toEqual({ text: 'mine', from: 'before' });
    next = await next.reload();
    expect(next.draft.found).toEqual({ text: 'mine', from: 'before' });
    next.act(() => next.draft.send({ text: 'mine', key: 'key', from: 'before' }));
    next = await next.reload();
    expect(next.draft.found).toEqual({ text: 'mine', key: 'key', from: 'before' });
    next.text = '';
    next.act(() => next.draft.send({ text: 'mine', key: 'key', from: 'before' }));
    next.act(() => next.draft.returned({ text: 'mine', from: 'before' }));
    expect((await next.reload()).draft.found).toEqual({ text: 'mine', from: 'before' });
  });
  it('keeps it for that text and for no other', async () => {
    const one = await openField();
    one.type('mine', false, 'before');
    one.type('');
    one.type('another');
    expect((await one.reload()).draft.found).toEqual({ text: 'another' });
  });
  it.each([
    ['before', 'before', 'before'],
    ['before', 'after', ''],
    [undefined, 'after', '']
  ])('of two tabs that began from %j and %j began from %j', async (first, second, both) => {
    for (const other of ['in two', 'in one']) {
      browser = new Browser();
      const [one, two] = [await openField(), await openField()];
      one.type('in one', false, first);
      two.type(other, false, second);
      browser.settle();
      const found = (await openField()).draft.found;
      expect(found.text.split('\n\n').sort()).toEqual([...new Set(['in one', other])]);
      expect(found.from).toBe(both);
    }
  });
  it('is the same one in a tab that goes on with what another has typed, whatever that one began from', async () => {
    const one = await openField();
    one.type('mine', false, 'before');
    const two = await openField();
    two.type('mine', false, 'after');
    expect((await two.reload()).draft.found).toEqual({ text: 'mine', from: 'after' });
  });
});
