import { beforeEach, describe, expect, it, vi } from 'vitest';

import { cameIn, canGoBack } from './way';

let kept: Map<string, string>;
const at = (entry: number) => vi.stubGlobal('history', { state: { 'sveltekit:history': entry } });
const opened = (type: string) => vi.stubGlobal('performance', { getEntriesByType: () => [{ type }] });

beforeEach(() => {
  kept = new Map();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value)
  });
});

describe('the way back', () => {
  it('begins where somebody came in', () => {
    opened('navigate');
    at(100);
    cameIn();
    expect(canGoBack()).toBe(false);
    at(101);
    expect(canGoBack()).toBe(true);
  });
  it.each(['reload', 'back_forward'])('is the same after %s', (type) => {
    opened('navigate');
    at(100);
    cameIn();
    opened(type);
    at(101);
    cameIn();
    expect(canGoBack()).toBe(true);
    at(100);
    expect(canGoBack()).toBe(false);
  });
  it('begins anew when somebody comes in again', () => {
    opened('navigate');
    at(100);
    cameIn();
    at(200);
    cameIn();
    expect(canGoBack()).toBe(false);
    // Along the browser's own history, to before that.
    opened('back_forward');
    at(101);
    cameIn();
    expect(canGoBack()).toBe(false);
  });
  it('is none where nothing is known of it', () => {
    opened('reload');
    at(300);
    cameIn();
    expect(canGoBack()).toBe(false);
    vi.stubGlobal('history', { state: null });
    expect(canGoBack()).toBe(false);
  });
});
