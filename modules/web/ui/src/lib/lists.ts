import { comments, posts } from './api/calls';
import type { Comment, Post, User } from './api/types';
import { PagedList } from './paged-list.svelte';

export type PostList = PagedList<Post>;
export type CommentList = PagedList<Comment>;

/** Everybody's posts. */
export function postList(): PostList {
  return new PagedList<Post>((before, signal) => posts.page(before, signal), (post) => post.feedId);
}

export type PostFilter = 'main' | 'blue' | 'red';
const directions = { main: null, blue: 'BLUE', red: 'RED' } as const;

/** One author's posts: all, and those of a day of gain or of loss alone. A post in two lists is one and the same. */
export function authorLists(author: number): Record<PostFilter, PostList> {
  const list = (filter: PostFilter): PostList =>
    new PagedList<Post>(
      async (before, signal) =>
        (await posts.pageOf(author, directions[filter], before, signal)).map((post) => {
          const shown = Object.values(lists).map((other) => other.find(post.feedId)).find((other) => other !== undefined);
          return shown ? Object.assign(shown, post) : post;
        }),
      (post) => post.feedId
    );
  const lists = { main: list('main'), blue: list('blue'), red: list('red') };
  return lists;
}

/** A post's comments, or a comment's replies. */
export function commentList(post: number, parent: number | null = null): CommentList {
  return new PagedList<Comment>(
    (before, signal) => comments.page(post, parent, before, signal),
    (comment) => comment.commentId
  );
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
export function expectedPost(author: User, content: string): Post {
  return { ...expected(author, content), feedId: --lastExpected, feedType: author.userType, commentCount: 0 };
}

export function expectedComment(author: User, post: number, parent: number | null, content: string): Comment {
  return {
    ...expected(author, content),
    commentId: --lastExpected,
    feedId: post,
    parentCommentId: parent,
    commentType: author.userType,
    subCommentCount: 0
  };
}
