import { beforeEach, describe, expect, it, vi } from 'vitest';

import type { Post } from './api/types';
import { tick } from './known';
import { feed, forgetPlaces, postPlace, profilePlace, same, takePost } from './places.svelte';

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
    const [list, profile, whole] = [feed(), profilePlace(1), postPlace(1)];
    forgetPlaces();
    expect(feed()).not.toBe(list);
    expect(profilePlace(1)).not.toBe(profile);
    expect(postPlace(1)).not.toBe(whole);
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
    expect(postPlace(5).post!.content).toBe('read in a profile');
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
    const whole = postPlace(5);
    const putBack = takePost(5);
    await feed().more();
    const ids = () => [feed(), profilePlace(1).lists.main].map(({ items }) => items.map(({ feedId }) => feedId));
    expect(ids()).toEqual([[6], [6]]);
    putBack();
    expect(ids()).toEqual([[6, 5], [6, 5]]);
    expect(postPlace(5)).toBe(whole);
  });
});
