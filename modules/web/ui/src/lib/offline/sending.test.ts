import { expect, test } from 'vitest';

import { ApiError, OfflineError } from '../api/client';
import { afterFailure, again, edit, isSure } from './sending';
import type { Writing } from './writings';

const hour = 3_600_000;
const writing: Writing = {
  ...{ id: 1, owner: '7', account: 7, feedId: null, parent: null, text: '글', key: 'key', unlinked: false, at: 100 * hour },
  state: 'waiting'
};
const why = () => '까닭';

test('what the server has forgotten the key of is not sent by itself, nor another account’s', () => {
  expect(isSure(writing, 7, 101 * hour)).toBe(true);
  expect(isSure(writing, 7, 123 * hour)).toBe(false);
  // A clock that was set back says nothing of how long ago it was.
  expect(isSure(writing, 7, 70 * hour)).toBe(false);
  expect(isSure(writing, 8, 101 * hour)).toBe(false);
});

test('what passes leaves it waiting; a refusal leaves it with its reason', () => {
  for (const error of [new OfflineError('no answer'), new ApiError(429, '', 3), new ApiError(503, ''), new ApiError(401, ''), new ApiError(409, '', null, 'OTHER_ACCOUNT')]) {
    expect(afterFailure(writing, error, why)).toBeNull();
  }
  expect(afterFailure(writing, new ApiError(404, '없음'), why)).toEqual({ ...writing, state: 'refused', why: '까닭' });
});

test('edited while it may be on its way: the key stays, so that only one of both can arrive', () => {
  const edited = edit(writing, '고친 글', 7, 'new', 101 * hour);
  expect(edited).toMatchObject({ text: '고친 글', key: 'key', at: 100 * hour, edited: true, state: 'waiting' });
  expect(afterFailure(edited, new ApiError(409, ''), why)?.state).toBe('arrived');
  expect(afterFailure(edited, new ApiError(409, '', null, 'OTHER_ACCOUNT'), why)).toBeNull();
  expect(afterFailure(writing, new ApiError(409, ''), why)?.state).toBe('refused');
});

test('after a refusal, or when its author says so, it is another attempt', () => {
  const refused = afterFailure(writing, new ApiError(400, ''), why)!;
  expect(edit(refused, '고친 글', 7, 'new', 9)).toEqual({ ...writing, text: '고친 글', key: 'new', at: 9 });
  expect(again({ ...writing, state: 'old', edited: true }, 7, 'new', 9)).toEqual({ ...writing, key: 'new', at: 9 });
});

test('another attempt is in the name of who makes it; what may be on its way stays its author’s', () => {
  const old: Writing = { ...writing, account: 3, state: 'old' };
  for (const next of [again(old, 7, 'new', 9), edit(old, '고친 글', 7, 'new', 9)]) {
    expect(next.account).toBe(7);
    expect(isSure(next, 7, 9)).toBe(true);
  }
  expect(edit({ ...old, state: 'waiting' }, '고친 글', 7, 'new', 9).account).toBe(3);
});
