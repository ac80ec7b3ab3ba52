import { expect, it } from 'vitest';

import { range } from './range';

it("asks for the service's tomorrow, whatever its zone and the browser's", () => {
  // 00:30 of the 22nd at UTC+14, where tomorrow is the 23rd.
  const now = Date.parse('2026-11-21T10:30:00Z');
  expect(range('daily', now)).toEqual({ from: '2026-05-25', to: '2026-11-23' });
  expect(range('weekly', now).from).toBe('2024-11-21');
  expect(range('monthly', now).from).toBe('2016-11-23');
});
