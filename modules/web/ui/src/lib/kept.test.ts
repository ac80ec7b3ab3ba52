import { beforeEach, describe, expect, it, vi } from 'vitest';

import { forgetInvitation, invitation, keepInvitation, keepMailed, keepReturn, mailed, takeReturn } from './kept';

const storage = (kept = new Map<string, string>()) => ({
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key)
});
const refusing = new Proxy({}, { get: () => () => { throw new Error('refused'); } });

beforeEach(() => {
  vi.useRealTimers();
  vi.stubGlobal('localStorage', storage());
  vi.stubGlobal('sessionStorage', storage());
});

describe('an invitation', () => {
  it('is kept for other tabs, and forgotten when it was used', () => {
    keepInvitation(' CODE ');
    vi.stubGlobal('sessionStorage', storage());
    keepInvitation(null);
    expect(invitation()).toBe('CODE');
    forgetInvitation();
    expect(invitation()).toBe('');
  });
  it('is not replaced by an empty one, and not longer than any', () => {
    keepInvitation('x'.repeat(500));
    keepInvitation('  ');
    expect(invitation()).toHaveLength(200);
  });
  it('is kept for a day', () => {
    vi.useFakeTimers({ now: 0, toFake: ['Date'] });
    keepInvitation('CODE');
    vi.setSystemTime(86_399_000);
    expect(invitation()).toBe('CODE');
    vi.setSystemTime(86_400_000);
    expect(invitation()).toBe('');
  });
  it.each(['nonsense', 'null', '{"code":5,"at":0}', '[]'])('is none where %s stands', (text) => {
    localStorage.setItem('invitation', text);
    expect(invitation()).toBe('');
  });
});

describe('the way back', () => {
  it('is taken once, and is none to the feed', () => {
    keepReturn('/post/5');
    expect(takeReturn()).toBe('/post/5');
    expect(takeReturn()).toBeNull();
    keepReturn('/post/5');
    keepReturn('/');
    expect(takeReturn()).toBeNull();
  });
});

it('forgets where a mail went when that is over', () => {
  keepMailed('a@b.test');
  expect(mailed()).toBe('a@b.test');
  keepMailed(null);
  expect(mailed()).toBeNull();
});

it('does without where the browser keeps nothing', () => {
  vi.stubGlobal('localStorage', refusing);
  vi.stubGlobal('sessionStorage', refusing);
  keepInvitation('CODE');
  keepReturn('/settings');
  expect([invitation(), takeReturn()]).toEqual(['', null]);
});
