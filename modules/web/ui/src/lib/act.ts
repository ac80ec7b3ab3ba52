import { ApiError } from './api/client';
import { notices } from './notices.svelte';
import { session } from './session.svelte';
import { t } from './i18n.svelte';

interface Undone {
  /** What was shown as done and is not. */
  undone?: string;
  retry?: (() => void) | null;
}

/** Handles a failed call in one way everywhere: an ended session leads to sign-in, the rest is said, with a retry. */
export function handleFailure(error: unknown, { undone, retry = null }: Undone = {}): void {
  if (error instanceof DOMException && error.name === 'AbortError') return;
  if (error instanceof ApiError && error.status === 401) {
    notices.say(t().sessionOver);
    void session.over();
    return;
  }
  notices.fail(error, undone ?? null, retry);
}
