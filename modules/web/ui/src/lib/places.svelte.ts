import type { AssetFacts, AssetHistory, AssetPoint, Face, Post, User } from './api/types';
import type { Range } from './chart/range';
import { update } from './known';
import { authorLists, commentList, popularList, postList, threadOf, type CommentList, type PostList, type ProfileTab } from './lists';
import type { OwnLists } from './own-lists';
import { entry } from './paged-list.svelte';
import { forgetSaved } from './saved.svelte';
import type { CommentOrder } from './settings.svelte';

/** As many of each are kept. */
const limit = 8;

/** A list of posts, as far as what happens to one of them elsewhere concerns it. */
export interface Holder {
  find(feedId: number): Post | undefined;
  known(): Post[];
  take(feedId: number): () => void;
  stop(): void;
}

/** A profile as it was left. */
export class ProfilePlace {
  user = $state<User | null>(null);
  /** When that was last said by the server. */
  readAt = $state<number | null>(null);
  range = $state<Range>('month');
  history = $state.raw<AssetHistory | null>(null);
  /** Of which range that is. */
  shown = $state<Range | null>(null);
  /** The last weeks, day by day. */
  recent = $state.raw<AssetPoint[]>([]);
  facts = $state.raw<AssetFacts | null>(null);
  table = $state(false);
  readonly lists;
  /** Blocked from here: the server knows no such profile any more. */
  blocked = $state(false);
  /** On one's own profile, once it was opened. */
  own: OwnLists | null = null;

  constructor(id: number) {
    this.lists = authorLists(id, same);
  }
  /** What a tab shows. */
  listOf(tab: ProfileTab) {
    return tab === 'main' || tab === 'blue' || tab === 'red' ? this.lists[tab] : (this.own?.[tab] ?? this.lists.main);
  }
  all(): Holder[] {
    return [...Object.values(this.lists), ...(this.own?.holders ?? [])];
  }
  stop(): void {
    this.all().forEach((list) => list.stop());
    this.own?.stop();
  }
}

/** A post's page as it was left. */
export class PostPlace {
  post = $state<Post | null>(null);
  /** When that was last said by the server. */
  readAt = $state<number | null>(null);
  /** As whom one speaks here, once one has spoken. */
  face = $state.raw<Face | null>(null);
  readonly order: CommentOrder;
  readonly comments: CommentList;

  constructor(id: number, order: CommentOrder) {
    this.post = find(id) ?? null;
    this.order = order;
    this.comments = commentList(id, order);
  }
  stop(): void {
    this.comments.stop();
  }
}

// What was looked at, so that coming back finds the same place at once; brought up to date then.
let feedPlace: PostList | null = null;
/** What is talked of today, as it was read. */
class Popular {
  list = $state.raw(popularList(same));

  beginAnew(): void {
    this.list.stop();
    this.list = popularList(same);
  }
}
export const popular = new Popular();
const profiles = new Map<number, ProfilePlace>();
const postPages = new Map<number, PostPlace>();
const searches = new Map<string, PostList>();

export function feed(): PostList {
  return (feedPlace ??= postList(same));
}
export function profilePlace(id: number): ProfilePlace {
  return place(profiles, id, () => new ProfilePlace(id));
}
export function postPlace(id: number, order: CommentOrder): PostPlace {
  const known = postPages.get(id);
  if (known && known.order !== order) {
    known.stop();
    postPages.delete(id);
    const again = place(postPages, id, () => new PostPlace(id, order));
    again.post = known.post;
    again.face = known.face;
    return again;
  }
  return place(postPages, id, () => new PostPlace(id, order));
}

/** What a search found; `make` begins it. */
export function searchPlace(query: string, make: () => PostList): PostList {
  return place(searches, query, make);
}

/** The place of that id, of which it is now the last to be forgotten. */
function place<K, T extends { stop(): void }>(places: Map<K, T>, id: K, make: () => T): T {
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

/** Those that leave out whom and what somebody has turned away from. */
const choosy = (): Holder[] => [...(feedPlace ? [feedPlace] : []), popular.list, ...searches.values()];
const lists = (): Holder[] => [...choosy(), ...[...profiles.values()].flatMap((profile) => profile.all())];

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

const together = (putBacks: (() => void)[]) => () => putBacks.forEach((back) => back());

/** Takes a post out of what is offered to read; it stays where it is looked for. */
export function takeOffered(id: number): () => void {
  return together(choosy().map((list) => list.take(id)));
}

/** Takes what somebody wrote out of what is offered to read, or, with `all`, out of every place. */
export function takeAuthor(userId: number, all: boolean): () => void {
  const putBacks = (all ? lists() : choosy()).flatMap((list) =>
    list.known().filter((post) => post.userId === userId).map(({ feedId }) => list.take(feedId))
  );
  const take = (list: CommentList) => {
    for (const comment of list.known()) {
      if (comment.userId === userId) putBacks.push(list.take(comment.commentId));
      else if (comment.parentCommentId === null) take(threadOf(comment).replies);
    }
  };
  for (const { comments } of postPages.values()) take(comments);
  for (const [id, page] of all ? postPages : []) {
    if (page.post?.userId !== userId) continue;
    postPages.delete(id);
    putBacks.push(() => postPages.set(id, page));
  }
  return together(putBacks);
}

/** What is offered to read begins anew: what was left out of it is there again. */
export function forgetFeed(): void {
  feedPlace?.stop();
  feedPlace = null;
  popular.beginAnew();
  searches.forEach((each) => each.stop());
  searches.clear();
}

/** Another account begins, or nobody is signed in. */
export function forgetPlaces(): void {
  forgetFeed();
  forgetSaved();
  for (const places of [profiles, postPages]) {
    places.forEach((each) => each.stop());
    places.clear();
  }
}
