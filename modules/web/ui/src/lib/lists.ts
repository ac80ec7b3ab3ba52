import { comments, posts } from './api/calls';
import type { Comment, Face, Post, User } from './api/types';
import { asRead, newestFirst, oldestFirst } from './arrangement';
import { change } from './known';
import { PagedList } from './paged-list.svelte';
import type { CommentOrder } from './settings.svelte';

export type PostList = PagedList<Post>;
export type CommentList = PagedList<Comment>;

/** Gives the post that is shown somewhere already, brought up to date, or else the one that was read. */
type Same = (read: Post, start: number) => Post;

/** Everybody's posts. */
export function postList(same: Same): PostList {
  return new PagedList<Post>(posts.page, (post) => post.feedId, same);
}

/** Everybody's posts of the day, in the order in which they were most talked of. */
export function popularList(same: Same): PostList {
  return new PagedList<Post>(posts.popular, (post) => post.feedId, same, asRead());
}

export type PostFilter = 'main' | 'blue' | 'red';
export const tabs: PostFilter[] = ['main', 'blue', 'red'];
/** What one has kept and said: on one's own profile. */
export type OwnTab = 'saved' | 'archived' | 'liked' | 'comments' | 'unlinked' | 'unlinkedComments';
export const ownTabs: OwnTab[] = ['saved', 'archived', 'liked', 'comments', 'unlinked', 'unlinkedComments'];
export type ProfileTab = PostFilter | OwnTab;
/** The tab of a profile that its address names. */
export const tabOf = ({ searchParams }: URL): ProfileTab =>
  [...tabs, ...ownTabs].find((known) => known === searchParams.get('tab')) ?? 'main';
const directions = { main: null, blue: 'BLUE', red: 'RED' } as const;

/** One author's posts: all, and those of a day of gain or of loss alone. */
export function authorLists(author: number, same: Same): Record<PostFilter, PostList> {
  const list = (filter: PostFilter): PostList =>
    new PagedList<Post>(
      (before, signal) => posts.pageOf(author, directions[filter], before, signal),
      (post) => post.feedId,
      same
    );
  return { main: list('main'), blue: list('blue'), red: list('red') };
}

export const commentOrders: CommentOrder[] = ['oldest', 'newest', 'liked'];

/** A post's comments in an order, or a comment's replies, which are read downwards. */
export function commentList(post: number, order: CommentOrder, parent: number | null = null): CommentList {
  return new PagedList<Comment>(
    (last, signal) => comments.page(post, parent, order, last, signal),
    (comment) => comment.commentId,
    undefined,
    { oldest: oldestFirst, newest: newestFirst, liked: asRead() }[order]
  );
}

interface Thread {
  replies: CommentList;
  open: boolean;
}
const threads = new WeakMap<Comment, Thread>();

/** A comment's replies and whether they are shown: kept as long as the comment is. */
export function threadOf(comment: Comment): Thread {
  const known = threads.get(comment) ?? { replies: commentList(comment.feedId, 'oldest', comment.commentId), open: false };
  threads.set(comment, known);
  return known;
}

/** A post, which counts its comments and their replies, or a comment, which counts its replies. */
export type Counted = Post | Comment | null;

/** Does what changes how many there are; counted at once, and again as it was when it fails. */
export async function counting(entries: Counted[], difference: number, act: () => Promise<void>): Promise<void> {
  const count = (by: number) => {
    for (const each of entries) {
      if (each && 'subCommentCount' in each) each.subCommentCount += by;
      else if (each) each.commentCount += by;
    }
  };
  await change(entries, async () => {
    count(difference);
    try {
      await act();
    } catch (error) {
      count(-difference);
      throw error;
    }
  });
}

let lastExpected = 0;

function expected(author: User, content: string) {
  const now = new Date().toISOString();
  return {
    userId: author.userId,
    content,
    author: author.userName,
    userRole: author.userRole,
    likeCount: 0,
    isLiked: false,
    createdAt: now,
    updatedAt: now,
    deletedAt: null
  };
}

/** What the post will look like, under an id below 0, until the server has answered. */
export function expectedPost(author: User, content: string, unlinked = false): Post {
  const { type, ...words } = shownAs(author, content, unlinked ? nobody() : null);
  return { ...words, feedId: --lastExpected, feedType: type, commentCount: 0 };
}

/** `face`: as whom its author speaks there, where that is fixed. */
export function expectedComment(
  author: User,
  post: number,
  parent: number | null,
  content: string,
  face: Face | null = null,
  unlinked = false
): Comment {
  const { type, ...words } = shownAs(author, content, face ?? (unlinked ? nobody() : null));
  return { ...words, commentId: --lastExpected, feedId: post, parentCommentId: parent, commentType: type, subCommentCount: 0 };
}

/** Which name an unlinked text gets, if any, only the server knows. */
const nobody = (): Face => ({ unlinked: true, author: '익명', type: 'BLUE', number: -1 });

/** A text under the name that it is shown with. */
function shownAs(author: User, content: string, face: Face | null) {
  const words = { ...expected(author, content), type: author.userType };
  if (!face?.unlinked) return words;
  return { ...words, userId: 0, userRole: 'USER' as const, author: face.author, type: face.type, unlinked: true, isMine: true };
}
