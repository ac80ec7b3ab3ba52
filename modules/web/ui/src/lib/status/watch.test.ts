import { expect, test } from 'vitest';

import type { NodeStatus } from '$lib/api/types';
import { changedSince, clockAhead } from './watch.svelte';

const seen = (host: string, at: number, upSeconds: number) => ({ host, at: new Date(at).toISOString(), upSeconds }) as NodeStatus;
const noon = Date.UTC(2026, 10, 28, 12);

test('another node, or a new start, is seen; a clock that is set is neither', () => {
  const before = seen('a', noon, 600);
  expect(changedSince(null, before)).toBeNull();
  expect(changedSince(before, seen('a', noon + 20_000, 620))).toBeNull();
  expect(changedSince(before, seen('b', noon + 20_000, 620))).toBe('other');
  expect(changedSince(before, seen('a', noon + 20_000, 5))).toBe('restarted');
  expect(changedSince(before, seen('a', noon + 7_200_000, 620))).toBeNull();
  // A page that was out of sight for an hour.
  expect(changedSince(before, seen('a', noon + 3_600_000, 3000))).toBeNull();
});

test('a clock differs only by more than the way there and back leaves open', () => {
  const at = new Date(noon).toISOString();
  expect(clockAhead(at, noon - 50, noon + 50)).toBe(0);
  expect(clockAhead(at, noon - 5000, noon - 4900)).toBe(4950);
  expect(clockAhead(at, noon + 3000, noon + 3200)).toBe(-3100);
  expect(clockAhead(at, noon - 8000, noon + 100)).toBe(0);
});
