import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { untilKnown } from './until-known';

const listeners = new Set<() => void>();
beforeEach(() => {
  vi.useFakeTimers();
  listeners.clear();
  vi.stubGlobal('addEventListener', (_: string, act: () => void) => listeners.add(act));
  vi.stubGlobal('removeEventListener', (_: string, act: () => void) => listeners.delete(act));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Known at the given try; how often it was asked. */
function asking(at: number) {
  const asked = { times: 0 };
  return { asked, stop: untilKnown(async () => ++asked.times >= at) };
}

it('asks once for what is known at once', async () => {
  const { asked } = asking(1);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(asked.times).toBe(1);
  expect(listeners.size).toBe(0);
});

it('asks again where nobody answered, each time after twice as long', async () => {
  const { asked } = asking(4);
  await vi.advanceTimersByTimeAsync(0);
  for (const [pause, times] of [[2_999, 1], [1, 2], [5_999, 2], [1, 3], [12_000, 4], [3_600_000, 4]]) {
    await vi.advanceTimersByTimeAsync(pause!);
    expect(asked.times).toBe(times);
  }
});

it('takes what throws for no answer, and never asks more often than it should', async () => {
  let times = 0;
  untilKnown(async () => {
    times++;
    throw new Error();
  });
  await vi.advanceTimersByTimeAsync(24 * 3_600_000);
  expect(times).toBeGreaterThan(24 * 12 - 1);
  expect(times).toBeLessThan(24 * 12 + 10);
});

it('asks as soon as the connection is back, but not twice at once', async () => {
  const { asked } = asking(2);
  listeners.forEach((back) => back());
  expect(asked.times).toBe(1);
  await vi.advanceTimersByTimeAsync(0);
  listeners.forEach((back) => back());
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(asked.times).toBe(2);
});

it('stops, also while somebody is being asked', async () => {
  for (const wait of [0, 1_000]) {
    const { asked, stop } = asking(9);
    await vi.advanceTimersByTimeAsync(wait);
    stop();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(asked.times).toBe(1);
    expect(listeners.size).toBe(0);
  }
});
