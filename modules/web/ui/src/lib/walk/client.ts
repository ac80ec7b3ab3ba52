import { ApiError, apiOnce, type Call } from '$lib/api/client';

// The walker's own session: its cookies, and their renewal, have nothing to do with the account's.

const renewal = '/api/v1/walkers/token';

let renewing: Promise<boolean> | null = null;
let renewals = 0;
let ended: () => void = () => {};

/** What is done when the walker's session is over. */
export function onWalkerOver(act: () => void): void {
  ended = act;
}

/** One request however many wait for it; whether the session goes on. */
function renew(): Promise<boolean> {
  renewing ??= apiOnce<unknown>(renewal, { method: 'POST', keepalive: false })
    .then(
      () => {
        renewals++;
        return true;
      },
      (error: unknown) => {
        if (error instanceof ApiError && error.status === 401) return false;
        throw error;
      }
    )
    .finally(() => (renewing = null));
  return renewing;
}

const refused = (error: unknown): boolean => error instanceof ApiError && error.status === 401;

/** Calls the API as the walker. A session that is over ends all that waited for it, and is no failure of theirs. */
export async function walking<T>(path: string, call: Call = {}): Promise<T> {
  const before = renewals;
  try {
    return await apiOnce<T>(path, call);
  } catch (error) {
    if (!refused(error)) throw error;
    // Where another call has renewed since this one went out, its refusal is old news.
    if (renewals !== before || (await renew())) {
      try {
        return await apiOnce<T>(path, call);
      } catch (again) {
        if (!refused(again)) throw again;
      }
    }
    ended();
    throw new DOMException('the walker’s session is over', 'AbortError');
  }
}
