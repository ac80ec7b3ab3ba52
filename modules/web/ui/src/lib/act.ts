import { ApiError, isOthers } from './api/client';
import { notices } from './notices.svelte';
import { session } from './session.svelte';

interface Undone {
  /** What was not done, and is shown as it was. */
  undone?: string;
  retry?: (() => void) | null;
}

/** Handles a failed call in one way everywhere: an ended session leads to sign-in, the rest is said, with a retry. */
export function handleFailure(error: unknown, { undone, retry = null }: Undone = {}): void {
  if (error instanceof DOMException && error.name === 'AbortError') return;
  if (error instanceof ApiError && error.status === 401) void session.over();
  // The page turns to whose it is now; what was written stays with its author. Where it can not, that is said.
  else if (isOthers(error)) void session.again().then((turns) => turns || fail());
  else fail();

  function fail(): void {
    notices.fail(error, undone ?? null, retry);
  }
}
