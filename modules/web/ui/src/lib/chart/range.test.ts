import { expect, it } from 'vitest';

import { range } from './range';

it('asks for days of the service, not of the browser', () => {
  // 01:00 of the 21st in Seoul.
  const now = Date.parse('2026-11-20T16:00:00Z');
  expect(range('daily', now).to).toBe('2026-11-22');
  expect(range('daily', now).from).toBe('2026-05-25');
});
