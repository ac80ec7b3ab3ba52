import { pageSize, query, withSignal, type Piece } from './calls';
import { api } from './client';
import type { FoundPage, Post } from './types';

/** A search that would take long ends early: its page may be short, or empty, and says where it goes on. */
export async function search(words: string, before: number, signal?: AbortSignal): Promise<Piece<Post>> {
  const { feeds, nextFeedId } = await api<FoundPage>(
    `/api/v1/search/feeds?${query({ q: words, lastFeedId: before, size: pageSize })}`,
    withSignal(signal)
  );
  return { entries: feeds, next: nextFeedId };
}
