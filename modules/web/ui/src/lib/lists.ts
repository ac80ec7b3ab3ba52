import { comments, posts } from './api/calls';
import type { Comment, Post, User } from './api/types';
import { PagedList } from './paged-list.svelte';

export type PostList = PagedList<Post>;
export type CommentList = PagedList<Comment>;

/** Everybody's posts, or one author's. */
export function postList(author: number | null = null): PostList {
  return new PagedList<Post>((before, signal) => posts.page(before, author, signal), (post) => post.feedId);
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
