import { ApiError, OfflineError } from './api/client';
import { connection } from './connection.svelte';
import { t } from './i18n.svelte';

interface Notice {
  id: number;
  text: string;
  retry: (() => void) | null;
  /** What the retry is called, where it is none: what was done is taken back. */
  action: string | null;
}

/** Short messages at the foot of the page. */
class Notices {
  list = $state<Notice[]>([]);
  #next = 1;

  say(text: string, retry: (() => void) | null = null, action: string | null = null): void {
    setTimeout(this.stay(text, retry, action), retry ? 12_000 : 5_000);
  }
  /** Says what nothing else says again, until it is closed; answers what closes it. */
  stay(text: string, retry: (() => void) | null, action: string | null = null): () => void {
    const id = this.#next++;
    // What is said again is shown once, but not what can be tried again, unless that would do the very same.
    const isAnother = (notice: Notice) => notice.text !== text || (notice.retry && notice.retry !== retry);
    this.list = [...this.list.filter(isAnother), { id, text, retry, action }].slice(-3);
    return () => this.dismiss(id);
  }
  /** Says what was done, and offers to take it back. */
  done(text: string, undo: () => void): void {
    this.say(text, undo, t().undo);
  }
  /** Says what went wrong, in the server's words where it has some, and what that undid. Why, a banner may say already. */
  fail(error: unknown, undone: string | null, retry: (() => void) | null): void {
    const why = connection.offline && error instanceof OfflineError ? [] : [explain(error)];
    this.say([...why, undone ?? (why.length ? '' : t().notSent)].filter(Boolean).join(' '), retry);
  }
  dismiss(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }
}

export function explain(error: unknown): string {
  if (error instanceof OfflineError) return navigator.onLine ? t().serverAway : t().offline;
  if (!(error instanceof ApiError)) return t().failed;
  const why = error.message || (error.status === 429 ? t().tooOften : t().failed);
  return error.wait ? `${why} ${t().tryIn(error.wait)}` : why;
}

export const notices = new Notices();
