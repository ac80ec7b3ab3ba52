import { afterEach, expect, it, vi } from 'vitest';

import { answeredAgain, onLookAgain, pause } from './again';

afterEach(() => vi.useRealTimers());

it('acts when the page is seen again, at most once in a while', () => {
  vi.useFakeTimers();
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const server = new EventTarget();
  vi.stubGlobal('addEventListener', server.addEventListener.bind(server));
  vi.stubGlobal('removeEventListener', server.removeEventListener.bind(server));
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
  // The server answers again: at once.
  server.dispatchEvent(new Event(answeredAgain));
  expect(act).toHaveBeenCalledTimes(3);
  stop();
  server.dispatchEvent(new Event(answeredAgain));
  vi.advanceTimersByTime(pause);
  become('visible');
  expect(act).toHaveBeenCalledTimes(3);
});
