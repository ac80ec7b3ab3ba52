import { ApiError, isOthers, passes } from '../api/client';
import type { Writing } from './writings';

/** The server knows a key for 24 hours; one hour is for clocks that differ. */
const surely = 23 * 3_600_000;

/** Whether a text that may have arrived can be sent again and be there once: by its own key, while the server knows it. */
export const isSure = ({ at, account }: Pick<Writing, 'at' | 'account'>, who: number, now: number): boolean =>
  account === who && Math.abs(now - at) < surely;

/** What a text that was not taken becomes; null: it stays as it is, and those after it wait, too. */
export function afterFailure(writing: Writing, error: unknown, why: (error: unknown) => string): Writing | null {
  if (!(error instanceof ApiError) || error.status === 401 || passes(error) || isOthers(error)) return null;
  // The text of before the edit has arrived with this key.
  if (error.status === 409 && writing.edited) return { ...writing, state: 'arrived' };
  return { ...writing, state: 'refused', why: why(error) };
}

/** With another text. Whoever knows that the one of before did not arrive sends it under a new key, in their own name. */
export function edit(writing: Writing, text: string, who: number, key: string, now: number): Writing {
  const { why: _, ...rest } = writing;
  if (writing.state === 'waiting') return { ...rest, text, edited: writing.edited || text !== writing.text };
  return again({ ...rest, text }, who, key, now);
}

/** Sent once more, whatever became of it, in the name of who says so: a guest's texts are a member's after sign-in. */
export function again(writing: Writing, who: number, key: string, now: number): Writing {
  const { why: _, edited: __, ...rest } = writing;
  return { ...rest, account: who, key, at: now, state: 'waiting' };
}
