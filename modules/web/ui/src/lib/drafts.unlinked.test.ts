import { beforeEach, describe, expect, it, vi } from 'vitest';

import { Browser } from './drafts.pages';

let browser: Browser;
beforeEach(async () => {
  // Node 18 keeps what browsers call `crypto` in a module.
  vi.stubGlobal('crypto', (await vi.importActual<{ webcrypto: Crypto }>('node:crypto')).webcrypto);
  browser = new Browser();
});

const openField = async () => (await browser.open()).field();

describe('a draft', () => {
  it('keeps for a text, and for no other, that it is not to bear one’s name', async () => {
    const one = await openField();
    one.type('text', true);
    let next = await one.reload();
    expect(next.draft.found).toEqual({ text: 'text', unlinked: true });
    next.send('key', true);
    next = await next.reload();
    expect(next.draft.found).toEqual({ text: 'text', key: 'key', unlinked: true });
    next.send('key', true);
    next.returned('text', undefined, true);
    next = await next.reload();
    expect(next.draft.found).toEqual({ text: 'text', unlinked: true });
    next.send('key', true);
    next.arrived();
    next.type('another');
    expect((await next.reload()).draft.found).toEqual({ text: 'another' });
  });
  it('lets a text that is not to bear one’s name bear it in no other’s company', async () => {
    const one = await openField();
    const other = await openField();
    one.type('mine');
    other.type('nobody’s', true);
    browser.settle();
    const both = await openField();
    expect(both.draft.found.text.split('\n\n').sort()).toEqual(['mine', 'nobody’s']);
    expect(both.draft.found.unlinked).toBe(true);
    expect((await both.reload()).draft.found.unlinked).toBe(true);
  });
  it.each([[true, false], [false, true]])('nor where both are the same (%s, %s)', async (first, second) => {
    const [one, other] = [await openField(), await openField()];
    one.type('text', first);
    other.type('text', second);
    browser.settle();
    expect((await openField()).draft.found).toEqual({ text: 'text', unlinked: true });
  });
});
