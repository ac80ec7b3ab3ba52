import type { AssetHistory, Interval, Post, User } from './api/types';
import { update } from './known';
import { authorLists, commentList, postList, type CommentList, type PostList } from './lists';
import { entry } from './paged-list.svelte';

/** As many of each are kept. */
const limit = 8;

/** A profile as it was left. */
export class ProfilePlace {
  user = $state<User | null>(null);
  interval = $state<Interval>('daily');
  history = $state.raw<AssetHistory | null>(null);
  table = $state(false);
  readonly lists;

  constructor(id: number) {
    this.lists = authorLists(id, same);
  }
  all(): PostList[] {
    return Object.values(this.lists);
  }
  stop(): void {
    this.all().forEach((list) => list.stop());
  }
}

/** A post's page as it was left. */
export class PostPlace {
  post = $state<Post | null>(null);
  readonly comments: CommentList;

  constructor(id: number) {
    this.post = find(id) ?? null;
    this.comments = commentList(id);
  }
  stop(): void {
    this.comments.stop();
  }
}

// What was looked at, so that coming back finds the same place at once; brought up to date then.
let feedPlace: PostList | null = null;
const profiles = new Map<number, ProfilePlace>();
const postPages = new Map<number, PostPlace>();

export function feed(): PostList {
  return (feedPlace ??= postList(same));
}
export function profilePlace(id: number): ProfilePlace {
  return place(profiles, id, () => new ProfilePlace(id));
}
export function postPlace(id: number): PostPlace {
  return place(postPages, id, () => new PostPlace(id));
}

/** The place of that id, of which it is now the last to be forgotten. */
function place<T extends { stop(): void }>(places: Map<number, T>, id: number, make: () => T): T {
  const found = places.get(id) ?? make();
  places.delete(id);
  places.set(id, found);
  for (const [oldest, forgotten] of places) {
    if (places.size <= limit) break;
    forgotten.stop();
    places.delete(oldest);
  }
  return found;
}

function lists(): PostList[] {
  return [...(feedPlace ? [feedPlace] : []), ...[...profiles.values()].flatMap((profile) => profile.all())];
}

function find(id: number): Post | undefined {
  for (const list of lists()) {
    const shown = list.find(id);
    if (shown) return shown;
  }
  return postPages.get(id)?.post ?? undefined;
}

/** A post shown in several places is one and the same: what changes in one has changed in all. */
export function same(post: Post, start: number): Post {
  return update(find(post.feedId) ?? entry(post), post, start);
}

/** Takes a post out of every place; the returned function puts it back into each. */
export function takePost(id: number): () => void {
  // Where it was not opened yet it is next, and may be read before the server knows.
  feed();
  const putBack = lists().map((list) => list.take(id));
  const page = postPages.get(id);
  postPages.delete(id);
  return () => {
    putBack.forEach((back) => back());
    if (page) postPages.set(id, page);
  };
}

/** Another account begins, or nobody is signed in. */
export function forgetPlaces(): void {
  feedPlace?.stop();
  feedPlace = null;
  for (const places of [profiles, postPages]) {
    places.forEach((each) => each.stop());
    places.clear();
  }
}
