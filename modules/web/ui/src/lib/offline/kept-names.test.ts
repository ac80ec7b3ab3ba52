import { expect, test } from 'vitest';

import { nameOfAnswer } from './kept-names';

const name = (path: string) => nameOfAnswer(`/api/v1/${path}`, 7);

test('what is read without a connection is kept: the feed, opened posts, one’s own profile', () => {
  expect(name('feeds?lastFeedId=0&size=20')).toBe('feed');
  expect(name('users/me')).toBe('users/me');
  expect(name('users/7')).toBe('users/7');
  expect(name('users/7/asset-facts')).toBe('facts');
  expect(name('feeds/profile?userId=7&lastFeedId=0&size=20')).toBe('own/');
  expect(name('feeds/12')).toBe('post/12/');
  expect(name('comments/12?lastCommentId=0&size=20&order=oldest&view=threads')).toBe('post/12/oldest');
});

test('nothing else is: what is further down, of others, or another’s affair', () => {
  for (const path of [
    'feeds?lastFeedId=40&size=20',
    'feeds/popular?lastFeedId=0',
    'feeds/12/saved',
    'users/8',
    'users/8/asset-histories?from=2026-11-01&to=2026-11-20&interval=daily',
    'users/me/export',
    'users/me/settings',
    'feeds/profile?userId=8&lastFeedId=0',
    'comments/12?lastCommentId=9&size=20&order=oldest&view=threads',
    'comments/12?lastCommentId=0&size=20&order=oldest&parentCommentId=3',
    'notifications?lastNotificationId=0',
    'admin/reports'
  ]) {
    expect(name(path), path).toBeNull();
  }
  expect(nameOfAnswer('/api/token', 7)).toBeNull();
});

test('a graph is known by its span: tomorrow it is found again, and no other range in its place', () => {
  const history = (from: string, to: string) => name(`users/7/asset-histories?from=${from}&to=${to}&interval=daily`);
  expect(history('2026-11-01', '2026-11-10')).toBe(history('2026-11-02', '2026-11-11'));
  expect(history('2026-11-01', '2026-11-10')).not.toBe(history('2026-10-01', '2026-11-10'));
});
