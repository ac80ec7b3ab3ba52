import { beforeEach, describe, expect, it, vi } from 'vitest';

import type { Comment, Post } from './api/types';
import { tick } from './known';
import { threadOf } from './lists';
import { OwnLists } from './own-lists';
import { feed, forgetPlaces, postPlace, profilePlace, same, takeAuthor, takeOffered, takePost } from './places.svelte';

const post = (feedId: number, content = '') => ({ feedId, content }) as Post;
let page: Post[];
beforeEach(() => {
  forgetPlaces();
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ data: { feeds: page } })));
});

describe('places', () => {
  it('are found again as they were left, the last eight of them', () => {
    const first = profilePlace(1);
    expect(profilePlace(1)).toBe(first);
    for (let id = 2; id <= 8; id++) profilePlace(id);
    expect(profilePlace(1)).toBe(first);
    // The second is the oldest now.
    const second = profilePlace(2);
    for (let id = 9; id <= 14; id++) profilePlace(id);
    expect(profilePlace(1)).toBe(first);
    expect(profilePlace(2)).toBe(second);
    for (let id = 20; id <= 27; id++) profilePlace(id);
    expect(profilePlace(1)).not.toBe(first);
  });
  it('are another account’s no longer', () => {
    const [list, profile, whole] = [feed(), profilePlace(1), postPlace(1, 'oldest')];
    forgetPlaces();
    expect(feed()).not.toBe(list);
    expect(profilePlace(1)).not.toBe(profile);
    expect(postPlace(1, 'oldest')).not.toBe(whole);
  });
});

describe('a post', () => {
  it('is one and the same wherever it is shown', async () => {
    page = [post(5, 'read in the feed')];
    await feed().more();
    const shown = feed().items[0]!;
    page = [post(5, 'read in a profile')];
    await profilePlace(1).lists.main.more();
    expect(profilePlace(1).lists.main.items[0]!.content).toBe('read in a profile');
    expect(feed().find(5)!.content).toBe('read in a profile');
    expect(postPlace(5, 'oldest').post!.content).toBe('read in a profile');
    same(post(5, 'later'), tick());
    expect(shown.feedId).toBe(5);
    expect(feed().find(5)!.content).toBe('later');
  });
  it('is not what an older answer says', async () => {
    page = [post(5, 'read')];
    await feed().more();
    const before = tick();
    same(post(5, 'later'), tick());
    same(post(5, 'older'), before);
    expect(feed().find(5)!.content).toBe('later');
  });
  it('goes from every place, also where it is read later, and comes back to each', async () => {
    page = [post(6), post(5)];
    await profilePlace(1).lists.main.more();
    const whole = postPlace(5, 'oldest');
    const putBack = takePost(5);
    await feed().more();
    const ids = () => [feed(), profilePlace(1).lists.main].map(({ items }) => items.map(({ feedId }) => feedId));
    expect(ids()).toEqual([[6], [6]]);
    putBack();
    expect(ids()).toEqual([[6, 5], [6, 5]]);
    expect(postPlace(5, 'oldest')).toBe(whole);
  });
});

describe('what one has saved', () => {
  const saved = (savedId: number, feedId: number) => ({ ...post(feedId), savedId });
  it('is in the order of saving, and one with the post elsewhere', async () => {
    const place = profilePlace(1);
    const own = (place.own = new OwnLists(same));
    page = [saved(9, 5), saved(8, 6)];
    await own.saved.more();
    expect(own.saved.items.map(({ post }) => post.feedId)).toEqual([5, 6]);
    page = [post(6, 'edited')];
    await feed().more();
    expect(own.saved.items[1]!.post.content).toBe('edited');
    const putBack = takePost(5);
    expect(own.saved.items.map(({ post }) => post.feedId)).toEqual([6]);
    putBack();
    expect(own.saved.items.map(({ post }) => post.feedId)).toEqual([5, 6]);
  });
  it('is shown by each saving once, though it was saved anew meanwhile', async () => {
    const own = (profilePlace(1).own = new OwnLists(same));
    page = [saved(9, 5), saved(8, 6)];
    await own.saved.more();
    page = [saved(10, 6), saved(9, 5)];
    await own.saved.refresh();
    expect(own.saved.items.map(({ savedId }) => savedId)).toEqual([10, 9]);
  });
});

describe('what somebody wrote', () => {
  const comment = (commentId: number, userId: number, parentCommentId: number | null = null) =>
    ({ commentId, userId, parentCommentId, feedId: 6 }) as Comment;
  const by = (feedId: number, userId: number) => ({ ...post(feedId), userId });
  async function world() {
    page = [by(6, 1), by(5, 2)];
    await feed().more();
    await profilePlace(2).lists.main.more();
    const { comments } = postPlace(6, 'oldest');
    for (const each of [comment(3, 2), comment(2, 1)]) comments.add(each);
    const answered = comments.find(2)!;
    const { replies } = threadOf(answered);
    replies.add(comment(4, 2, 2));
    const shown = () => [feed(), profilePlace(2).lists.main].map(({ items }) => items.map(({ feedId }) => feedId));
    const said = () => [comments, replies].map(({ items }) => items.map(({ commentId }) => commentId));
    return { shown, said, whole: postPlace(5, 'oldest') };
  }
  it('goes from every place, comments and replies too, and comes back', async () => {
    const { shown, said, whole } = await world();
    const putBack = takeAuthor(2, true);
    expect(shown()).toEqual([[6], [6]]);
    expect(said()).toEqual([[2], []]);
    expect(postPlace(5, 'oldest')).not.toBe(whole);
    putBack();
    expect(shown()).toEqual([[6, 5], [6, 5]]);
    expect(said()).toEqual([[2, 3], [4]]);
    expect(postPlace(5, 'oldest')).toBe(whole);
  });
  it('goes from what is offered alone, where it may still be looked for', async () => {
    const { shown, said, whole } = await world();
    takeAuthor(2, false);
    expect(shown()).toEqual([[6], [6, 5]]);
    expect(said()).toEqual([[2], []]);
    expect(postPlace(5, 'oldest')).toBe(whole);
    takeOffered(6);
    expect(shown()).toEqual([[], [6, 5]]);
  });
});
