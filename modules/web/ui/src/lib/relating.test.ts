import { beforeEach, describe, expect, it, vi } from 'vitest';

import type { Post } from './api/types';

const { calls, handleFailure, done, say } = vi.hoisted(() => ({
  calls: [] as string[],
  handleFailure: vi.fn(),
  done: vi.fn(),
  say: vi.fn()
}));
vi.mock('./act', () => ({ handleFailure }));
vi.mock('./notices.svelte', () => ({ notices: { done, say } }));
vi.mock('./settings.svelte', () => ({ settings: { language: 'ko' } }));
vi.mock('./notifications.svelte', () => ({ notifications: { begin: () => calls.push('notifications begin anew'), ask: async () => {} } }));

let status = 204;
beforeEach(() => {
  calls.length = 0;
  status = 204;
  for (const mock of [handleFailure, done, say]) mock.mockReset();
  vi.stubGlobal('fetch', async (path: string, { method }: RequestInit) => {
    calls.push(`${method} ${path}`);
    return status === 204 ? new Response(null, { status }) : new Response(JSON.stringify({ message: 'no' }), { status });
  });
});

async function world() {
  vi.resetModules();
  const places = await import('./places.svelte');
  const relating = await import('./relating');
  await (await import('./i18n.svelte')).firstWords();
  const { isSaved } = await import('./saved.svelte');
  const post = (feedId: number, userId: number) => ({ feedId, userId, content: '' }) as Post;
  const feed = places.feed();
  for (const each of [post(3, 7), post(2, 8), post(1, 7)]) feed.add(each);
  const ofAuthor = places.profilePlace(7).lists.main;
  ofAuthor.add(post(3, 7));
  const ids = () => [feed, ofAuthor].map(({ items }) => items.map(({ feedId }) => feedId));
  return { ...relating, ids, isSaved, feed };
}
const takeBack = () => (done.mock.calls[0]![1] as () => void)();

describe('a block', () => {
  it('takes its person out of every place, and brings them back when it is taken back', async () => {
    const { block, ids } = await world();
    await expect(block(7)).resolves.toBe(true);
    expect(ids()).toEqual([[2], []]);
    takeBack();
    expect(ids()).toEqual([[2], []]);
    await vi.waitFor(() => expect(say).toHaveBeenCalled());
    expect(ids()).toEqual([[3, 2, 1], [3]]);
    expect(calls).toEqual(['PUT /api/v1/blocks/7', 'notifications begin anew', 'DELETE /api/v1/blocks/7', 'notifications begin anew']);
  });
  it('that fails leaves all as it was', async () => {
    const { block, ids } = await world();
    status = 400;
    const also = vi.fn(() => back);
    const back = vi.fn();
    await expect(block(7, also)).resolves.toBe(false);
    expect(ids()).toEqual([[3, 2, 1], [3]]);
    expect([also, back].map((mock) => mock.mock.calls.length)).toEqual([1, 1]);
    expect(handleFailure).toHaveBeenCalledOnce();
    expect(done).not.toHaveBeenCalled();
  });
  it('that cannot be taken back stays, and can be tried again', async () => {
    const { block, ids } = await world();
    await block(7);
    status = 503;
    takeBack();
    await vi.waitFor(() => expect(handleFailure).toHaveBeenCalled());
    expect(ids()).toEqual([[2], []]);
    status = 204;
    (handleFailure.mock.calls[0]![1] as { retry: () => void }).retry();
    await vi.waitFor(() => expect(ids()).toEqual([[3, 2, 1], [3]]));
  });
});

it('a mute takes them out of the feed, and leaves their profile', async () => {
  const { mute, ids } = await world();
  await mute(7);
  expect(ids()).toEqual([[2], [3]]);
});

it('a post of no interest leaves the feed alone', async () => {
  const { hide, ids } = await world();
  await hide(3);
  expect(ids()).toEqual([[2, 1], [3]]);
  expect(calls).toEqual(['PUT /api/v1/feeds/3/hidden']);
});

it('what is saved is known until it is taken back', async () => {
  const { save, isSaved } = await world();
  const post = { feedId: 3 } as Post;
  const saving = save(3, true);
  expect(isSaved(post)).toBe(true);
  await saving;
  takeBack();
  await vi.waitFor(() => expect(isSaved(post)).toBe(false));
  expect(isSaved({ feedId: 4, savedId: 9 } as Post)).toBe(true);
});

it('what is archived says so beside what else it says, and not when it failed', async () => {
  const { archive, feed } = await world();
  const post = feed.find(3)!;
  post.withheld = ['WAITING'];
  const archiving = archive(post, true);
  expect(post.withheld).toEqual(['ARCHIVED', 'WAITING']);
  await archiving;
  status = 503;
  await archive(post, false);
  expect(post.withheld).toEqual(['ARCHIVED', 'WAITING']);
  status = 204;
  await archive(post, false);
  expect(post.withheld).toEqual(['WAITING']);
});
