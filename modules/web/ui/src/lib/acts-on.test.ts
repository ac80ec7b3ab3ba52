import { beforeEach, expect, it, vi } from 'vitest';

const page = vi.fn();
vi.mock('./api/safety', () => ({ acts: { page } }));
const { session } = vi.hoisted(() => ({ session: { user: { userId: 7 } } }));
vi.mock('./session.svelte', () => ({ session }));

const act = (actId: number, action = 'HIDE', targetType = 'FEED', targetId = actId) => ({ actId, action, targetType, targetId });
const many = (highest: number) => Array.from({ length: 50 }, (_, at) => act(highest - at));

async function open() {
  vi.resetModules();
  return (await import('./acts-on')).actOn;
}
beforeEach(() => {
  vi.useFakeTimers();
  page.mockReset();
  session.user = { userId: 7 };
});

it('finds the last by which something was hidden, and nothing else', async () => {
  page.mockResolvedValue([act(9, 'RESTORE', 'FEED', 5), act(8, 'HIDE', 'FEED', 5), act(7, 'HIDE', 'FEED', 5), act(6, 'HIDE', 'COMMENT', 4)]);
  const actOn = await open();
  expect((await actOn('FEED', 5))?.actId).toBe(8);
  expect((await actOn('COMMENT', 4))?.actId).toBe(6);
  expect(await actOn('COMMENT', 5)).toBeNull();
});

it('reads on, but not for ever', async () => {
  page.mockImplementation(async (before: number) => many(before === 0 ? 1000 : before - 1));
  const actOn = await open();
  expect((await actOn('FEED', 810))?.actId).toBe(810);
  expect(await actOn('FEED', 700)).toBeNull();
  expect(page.mock.calls.map(([before]) => before)).toEqual([0, 951, 901, 851]);
});

it('asks once for all that are shown together, and again later, of another account, and when it failed', async () => {
  page.mockResolvedValue([act(1)]);
  const actOn = await open();
  await Promise.all([actOn('FEED', 1), actOn('FEED', 2), actOn('COMMENT', 3)]);
  expect(page).toHaveBeenCalledTimes(1);
  session.user = { userId: 8 };
  await actOn('FEED', 1);
  expect(page).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(5_001);
  page.mockRejectedValueOnce(new Error('lost'));
  await expect(actOn('FEED', 1)).rejects.toThrow('lost');
  expect((await actOn('FEED', 1))?.actId).toBe(1);
  expect(page).toHaveBeenCalledTimes(4);
});
