import { beforeEach, describe, expect, it, vi } from 'vitest';

import { Browser } from './drafts.pages';

let browser: Browser;
beforeEach(async () => {
  // Node 18 keeps what browsers call `crypto` in a module.
  vi.stubGlobal('crypto', (await vi.importActual<{ webcrypto: Crypto }>('node:crypto')).webcrypto);
  browser = new Browser();
});

const openField = async (owner?: string, name?: string) => (await browser.open(owner)).field(name);

describe('accounts', () => {
  it('have each its own', async () => {
    (await openField('1')).type('a member’s');
    for (const owner of ['2', 'guest', '11']) expect((await openField(owner)).text).toBe('');
    expect((await openField('1')).text).toBe('a member’s');
  });
  it('get back what comes back for them after another has begun', async () => {
    const one = await openField('1');
    one.type('a member’s');
    const sent = one.send();
    one.draft.close();
    one.act(() => one.drafts.belongTo('guest'));
    one.returned(sent, 'key');
    expect((await openField('guest')).text).toBe('');
    expect((await openField('1')).text).toBe('a member’s');
  });
  it('take along what they typed as a guest', async () => {
    const one = await openField('guest');
    one.type('a guest’s');
    one.leave();
    (await openField('8')).type('another’s');
    const others = [...browser.stored].filter(([key]) => key.includes('8|'));
    const two = await browser.open('7');
    two.act(() => two.drafts.takeAlong('guest'));
    expect(two.field().text).toBe('a guest’s');
    for (const [key, value] of others) expect(browser.stored.get(key)).toBe(value);
    expect((await openField('guest')).text).toBe('');
  });
  it('take along what the same page has typed as a guest, and leave none of it to that guest', async () => {
    const one = await openField('guest-3');
    one.type('a guest’s');
    one.draft.close();
    one.act(() => one.drafts.belongTo('guest-9'));
    expect(one.field().text).toBe('');
    one.field('another').type('typed since');
    one.act(() => one.drafts.takeAlong('guest-3'));
    expect(one.field().text).toBe('a guest’s');
    expect(one.field('another').text).toBe('typed since');
    one.leave();
    expect((await openField('guest-3')).text).toBe('');
    const two = await openField('guest-9');
    expect(two.text).toBe('a guest’s');
    expect(two.field('another').text).toBe('typed since');
  });
  it('do not come back from the browser’s memory for who begins after a guest has signed out', async () => {
    const one = await openField('guest-3');
    one.type('a guest’s');
    one.leave();
    const two = await browser.open('guest-3');
    two.act(() => two.drafts.clearAll());
    one.comeBack();
    expect((await openField('guest-9')).text).toBe('');
    expect((await openField('7')).text).toBe('');
  });
  it('that were sent are another account’s attempt: that account’s keys say nothing of when', async () => {
    const one = await openField('guest');
    one.type('text');
    one.act(() => one.draft.send({ text: 'text', key: 'key', first: 5 }));
    one.leave();
    expect((await openField('guest')).draft.found).toEqual({ text: 'text', key: 'key', first: 5 });
    const two = await openField('1');
    two.act(() => two.drafts.takeAlong('guest'));
    expect(two.field().draft.found).toEqual({ text: 'text', key: 'key' });
  });
  it('leave nothing behind when they sign out, in any page, and nothing of others goes', async () => {
    (await openField('2')).type('another’s');
    const one = await openField('1');
    one.type('in one');
    const two = await openField('1');
    two.type('in two');
    two.act(() => two.drafts.clearAll());
    expect(two.text).toBe('');
    browser.settle();
    expect(one.text).toBe('');
    one.leave();
    two.leave();
    expect((await openField('1')).text).toBe('');
    expect((await openField('2')).text).toBe('another’s');
  });
});
