import { comments, posts } from './api/calls';
import { keptAt } from './api/client';
import type { Comment, Post } from './api/types';
import { tick, update } from './known';

/** Brings a post that is shown up to date; answers its text. Without a connection that is the one that is known. */
export async function latestPost(post: Post): Promise<string> {
  const start = tick();
  const read = await posts.get(post.feedId);
  return update(post, read, keptAt(read) === undefined ? start : 0).content;
}

/** The same of a comment; of one that is not there any more it is the text that is known. */
export async function latestComment(comment: Comment): Promise<string> {
  const start = tick();
  const read = await comments.find(comment.feedId, comment.commentId);
  return (read ? update(comment, read, start) : comment).content;
}
