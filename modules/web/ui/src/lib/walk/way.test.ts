import { beforeEach, describe, expect, it, vi } from 'vitest';

import { comeBack, wayTo } from './way';

let kept: Map<string, string>;
beforeEach(() => {
  kept = new Map();
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name)
  });
});

const markIn = (address: string) => new URL(address, 'http://x').searchParams.get('walk') ?? '';
const ticket = 't'.repeat(43);

describe('the way to a provider', () => {
  it('has a mark of its own, of 43 letters that an address has', () => {
    const marks = Array.from({ length: 50 }, () => markIn(wayTo({ id: 'a b' }, { what: 'merge' })));
    expect(new Set(marks).size).toBe(50);
    for (const mark of marks) expect(mark).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(wayTo({ id: 'a b' }, { what: 'merge' })).toMatch(/^\/api\/oauth2\/authorization\/a%20b\?prompt=select_account&walk=/);
  });

  it('is come back from once, with what it was gone for', () => {
    const mark = markIn(wayTo({ id: 'office' }, { what: 'begin', consent: true }));
    const back = `#${ticket}.${mark}`;
    expect(comeBack(back)).toEqual({ ticket, wish: { what: 'begin', consent: true }, provider: 'office' });
    expect(comeBack(back)).toBeNull();
  });

  it('leads nobody who did not go it, or another, or long ago', () => {
    expect(comeBack(`#${ticket}.${'m'.repeat(43)}`)).toBeNull();
    for (const wrong of ['', `#${ticket}`, `#${ticket}.`, `#.${'m'.repeat(43)}`, `#${ticket}.${'m'.repeat(43)}`]) {
      wayTo({ id: 'office' }, { what: 'merge' });
      expect(comeBack(wrong)).toBeNull();
    }
    const mark = markIn(wayTo({ id: 'office' }, { what: 'merge' }));
    expect(comeBack(`#${ticket}.${mark}`, Date.now() + 16 * 60_000)).toBeNull();
    kept.set('walk-way', '{');
    expect(comeBack(`#${ticket}.${mark}`)).toBeNull();
  });
});
