import { afterEach, expect, it, vi } from 'vitest';

import { onLookAgain, pause } from './again';

afterEach(() => vi.useRealTimers());

it('acts when the page is seen again, at most once in a while', () => {
  vi.useFakeTimers();
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  vi.stubGlobal('document', page);
  const become = (state: string) => {
    page.visibilityState = state;
    page.dispatchEvent(new Event('visibilitychange'));
  };
  const act = vi.fn();
  const stop = onLookAgain(act);
  become('hidden');
  expect(act).toHaveBeenCalledTimes(0);
  become('visible');
  expect(act).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(pause - 1);
  become('visible');
  expect(act).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  become('visible');
  expect(act).toHaveBeenCalledTimes(2);
  stop();
  vi.advanceTimersByTime(pause);
  become('visible');
  expect(act).toHaveBeenCalledTimes(2);
});
