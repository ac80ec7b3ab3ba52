import { pageSize, query, withSignal, type Piece } from './calls';
import { api, apiOnce } from './client';
import { topicOf } from '../pieces';
import type { FoundPage, Network, Post } from './types';

/**
 * Of a topic, where the words are one, or else what has them. A search that would take long ends early: its page may be
 * short, or empty, and says where it goes on.
 */
export async function search(words: string, before: number, signal?: AbortSignal): Promise<Piece<Post>> {
  const topic = topicOf(words);
  const place = { lastFeedId: before, size: pageSize };
  const { feeds, nextFeedId } = await api<FoundPage>(
    topic === null
      ? `/api/v1/search/feeds?${query({ q: words, ...place })}`
      : `/api/v1/feeds/topics/${encodeURIComponent(topic)}?${query(place)}`,
    withSignal(signal)
  );
  return { entries: feeds, next: nextFeedId };
}

let reading: Promise<boolean> | null = null;

/** Whether strangers may read here; asked once. */
export const isReadByAll = (): Promise<boolean> =>
  (reading ??= apiOnce<Network>('/api/v1/network').then(
    ({ publicReading }) => publicReading,
    () => {
      reading = null;
      return false;
    }
  ));
