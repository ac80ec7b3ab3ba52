import { pageOfComments, pageOfPosts, pageSize, query, type Piece } from './api/calls';
import type { Comment, Post } from './api/types';
import type { CommentList, PostList } from './lists';
import { PagedList } from './paged-list.svelte';
import type { Holder } from './places.svelte';

/** A saved post, by the number of its saving: what was saved last is first, whenever it was written. */
export interface Saved {
  savedId: number;
  post: Post;
}
type Same = (read: Post, start: number) => Post;

const path = (list: string, before: number, name = 'lastFeedId') =>
  `/api/v1/feeds/${list}?${query({ [name]: before, size: pageSize })}`;

/** Only here it is said of what goes by itself; what stays leaves it out. */
const staying = <T extends Post | Comment>({ entries, next }: Piece<T>): Piece<T> => ({
  entries: entries.map((each) => ({ removeAt: null, ...each })),
  next
});

/** What one has saved; a post is found and taken there by its own id. */
export class SavedList extends PagedList<Saved> {
  constructor(same: Same) {
    super(
      async (before, signal): Promise<Piece<Saved>> => {
        const { entries, next } = await pageOfPosts(path('saved', before, 'lastSavedId'), signal);
        return { entries: entries.map((post) => ({ savedId: post.savedId ?? 0, post })), next };
      },
      ({ savedId }) => savedId,
      ({ savedId, post }, start) => ({ savedId, post: same(post, start) })
    );
  }
  readonly holder: Holder = {
    find: (feedId) => this.known().find(({ post }) => post.feedId === feedId)?.post,
    known: () => this.known().map(({ post }) => post),
    take: (feedId) => {
      const putBacks = this.known()
        .filter(({ post }) => post.feedId === feedId)
        .map(({ savedId }) => this.take(savedId));
      return () => putBacks.forEach((back) => back());
    },
    stop: () => this.stop()
  };
}

/** What one has kept and said, as one's own profile lists it. */
export class OwnLists {
  readonly saved: SavedList;
  readonly archived: PostList;
  readonly liked: PostList;
  readonly comments: CommentList;
  /** What one has said without one's name. */
  readonly unlinked: PostList;
  readonly unlinkedComments: CommentList;

  constructor(same: Same) {
    const list = (name: string): PostList =>
      new PagedList<Post>((before, signal) => pageOfPosts(path(name, before), signal), ({ feedId }) => feedId, same);
    this.saved = new SavedList(same);
    this.archived = list('archived');
    this.liked = list('liked');
    this.unlinked = new PagedList<Post>(
      async (before, signal) => staying(await pageOfPosts(path('unlinked', before), signal)),
      ({ feedId }) => feedId,
      same
    );
    const said = (which: string): CommentList =>
      new PagedList<Comment>(
        async (before, signal) =>
          staying(await pageOfComments(`/api/v1/comments/${which}?${query({ lastCommentId: before, size: pageSize })}`, signal)),
        ({ commentId }) => commentId
      );
    this.comments = said('mine');
    this.unlinkedComments = said('unlinked');
  }
  get holders(): Holder[] {
    return [this.saved.holder, this.archived, this.liked, this.unlinked];
  }
  stop(): void {
    for (const list of [...this.holders, this.comments, this.unlinkedComments]) list.stop();
  }
}
