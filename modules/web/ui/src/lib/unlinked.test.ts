import { beforeEach, expect, it, vi } from 'vitest';

const { session } = vi.hoisted(() => ({ session: { user: { userId: 7 } as { userId: number } | null } }));
vi.mock('./session.svelte', () => ({ session }));
vi.mock('./notices.svelte', () => ({}));

/** Asked of a server that answers so. */
async function asked(...statuses: number[]) {
  vi.resetModules();
  const paths: string[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    paths.push(path);
    const status = statuses.shift() ?? 500;
    return new Response(JSON.stringify({ message: '', data: { feeds: [], comments: [] } }), { status });
  });
  const { unlinked } = await import('./unlinked.svelte');
  await unlinked.ask();
  return { unlinked, paths };
}
beforeEach(() => (session.user = { userId: 7 }));

it.each([
  [200, true],
  [404, false],
  [400, false],
  [503, undefined]
])('a server that answers %i can do it: %s', async (status, known) => {
  expect((await asked(status)).unlinked.known).toBe(known);
});

it('is asked once, and again of another account, or when nobody answered', async () => {
  const { unlinked, paths } = await asked(503, 200, 404);
  await Promise.all([unlinked.ask(), unlinked.ask()]);
  expect(unlinked.known).toBe(true);
  await unlinked.ask();
  expect(paths).toHaveLength(2);
  session.user = { userId: 8 };
  await unlinked.ask();
  expect(unlinked.known).toBe(false);
});

it('is asked again after a while when nobody answered, until it is known', async () => {
  vi.useFakeTimers();
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('removeEventListener', () => {});
  try {
    const { unlinked, paths } = await asked(503, 503, 200);
    const stop = unlinked.find();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(paths).toHaveLength(2);
    expect(unlinked.known).toBeUndefined();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(unlinked.known).toBe(true);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(paths).toHaveLength(3);
    stop();
  } finally {
    vi.useRealTimers();
  }
});

it('asks nothing for nobody', async () => {
  session.user = null;
  expect((await asked()).paths).toEqual([]);
});
