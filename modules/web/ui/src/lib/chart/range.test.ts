import { expect, it } from 'vitest';

import { asks, isLong } from './range';

it("asks for the service's tomorrow, whatever its zone and the browser's", () => {
  // 00:30 of the 22nd at UTC+14, where tomorrow is the 23rd.
  const now = Date.parse('2026-11-21T10:30:00Z');
  expect(asks('week', now)).toEqual({ from: '2026-11-14', to: '2026-11-23', interval: 'daily' });
  expect(asks('quarter', now)).toEqual({ from: '2026-08-21', to: '2026-11-23', interval: 'weekly' });
  expect(asks('year', now)).toEqual({ from: '2025-11-20', to: '2026-11-23', interval: 'weekly' });
  expect(asks('all', now).from).toBe('2016-11-23');
});

it('asks for months where there would be too many weeks', () => {
  expect(isLong('all', 105)).toBe(false);
  expect(isLong('all', 106)).toBe(true);
  expect(isLong('year', 106)).toBe(false);
});
