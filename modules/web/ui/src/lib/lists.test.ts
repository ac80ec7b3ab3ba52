import { describe, expect, it, vi } from 'vitest';

import { counting, expectedComment, expectedPost, tabOf, threadOf } from './lists';
import type { Comment, Post, User } from './api/types';

const author = { userId: 7, userName: '799만', userType: 'RED', userRole: 'USER' } as User;

describe('counting', () => {
  const world = () => ({ post: { commentCount: 3 } as Post, comment: { subCommentCount: 1 } as Comment });
  it('counts at once, in the post and in the comment', async () => {
    const { post, comment } = world();
    let done = () => {};
    const counted = counting([post, null, comment], 1, () => new Promise((resolve) => (done = resolve)));
    expect([post.commentCount, comment.subCommentCount]).toEqual([4, 2]);
    done();
    await counted;
    expect([post.commentCount, comment.subCommentCount]).toEqual([4, 2]);
  });
  it('counts back when it fails', async () => {
    const { post, comment } = world();
    await expect(counting([post, comment], -1, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect([post.commentCount, comment.subCommentCount]).toEqual([3, 1]);
  });
});

describe('what is on its way', () => {
  it('has ids of its own, below 0', () => {
    const ids = [expectedPost(author, 'a').feedId, expectedPost(author, 'b').feedId, expectedComment(author, 5, null, 'c').commentId];
    expect(ids.every((id) => id < 0)).toBe(true);
    expect(new Set(ids).size).toBe(3);
  });
  it('bears no name of its author where it is not to, but the one that it has below that post', () => {
    const hidden = { userId: 0, unlinked: true, isMine: true, userRole: 'USER' };
    expect(expectedPost(author, '글', true)).toMatchObject({ ...hidden, author: '익명' });
    const face = { unlinked: true, author: '800만대', type: 'BLUE' as const, number: 2 };
    expect(expectedComment(author, 5, null, '글', face)).toMatchObject({ ...hidden, author: '800만대', commentType: 'BLUE' });
    expect(expectedComment(author, 5, null, '글', null, true)).toMatchObject({ ...hidden, author: '익명' });
    const linked = expectedComment(author, 5, null, '글', { ...face, unlinked: false });
    expect(linked).toMatchObject({ userId: 7, author: '799만' });
    expect(JSON.stringify(expectedPost(author, '글', true))).not.toMatch(/799|"userId":7/);
  });
  it('looks as the server will show it', () => {
    expect(expectedPost(author, '글')).toMatchObject({ content: '글', author: '799만', feedType: 'RED', userId: 7, likeCount: 0, commentCount: 0, isLiked: false });
    expect(expectedComment(author, 5, 6, '글')).toMatchObject({ feedId: 5, parentCommentId: 6, commentType: 'RED', subCommentCount: 0 });
  });
});

it('asks for threads, and for the replies to one', async () => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    return new Response(JSON.stringify({ data: { comments: [] } }));
  });
  const { commentList } = await import('./lists');
  await commentList(5, 'liked').more();
  const comment = expectedComment(author, 5, null, '글');
  await threadOf(comment).replies.more();
  expect(threadOf(comment)).toBe(threadOf(comment));
  expect(asked).toEqual([
    '/api/v1/comments/5?lastCommentId=0&size=20&order=liked&view=threads',
    `/api/v1/comments/5?lastCommentId=0&size=20&order=oldest&parentCommentId=${comment.commentId}`
  ]);
});

it.each([
  ['', 'main'],
  ['?tab=blue', 'blue'],
  ['?tab=red', 'red'],
  ['?tab=green', 'main']
])('%j is the tab %s', (search, tab) => expect(tabOf(new URL(`https://page.test/profile/1${search}`))).toBe(tab));
