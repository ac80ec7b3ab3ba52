import type { SignInProvider } from '$lib/api/types';

// The way to a provider and back, to walk. The page comes back with a ticket behind the `#`; that it is the way which this
// tab went is known by a mark that nobody else has, so that nobody is led into another's walker by a link.

/** `begin`: to sign in; `merge`: what the other walker has is to become this one's. */
export type Wish = { what: 'begin'; consent: boolean } | { what: 'merge' };

const key = 'walk-way';
const patience = 15 * 60_000;

interface Kept {
  mark: string;
  wish: Wish;
  provider: string;
  at: number;
}

function newMark(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace('=', '');
}

/** Where the browser is to go; this tab remembers what for. */
export function wayTo(provider: Pick<SignInProvider, 'id'>, wish: Wish, prompt: 'select_account' | null = 'select_account'): string {
  const mark = newMark();
  sessionStorage.setItem(key, JSON.stringify({ mark, wish, provider: provider.id, at: Date.now() } satisfies Kept));
  const asked = prompt === null ? '' : `prompt=${prompt}&`;
  return `/api/oauth2/authorization/${encodeURIComponent(provider.id)}?${asked}walk=${mark}`;
}

export interface CameBack {
  ticket: string;
  wish: Wish;
  provider: string;
}

/** What the browser has come back with, once: nothing where this tab was not on that way, or long ago. */
export function comeBack(hash: string, now = Date.now()): CameBack | null {
  const kept = read();
  sessionStorage.removeItem(key);
  const [ticket, mark, ...more] = hash.replace(/^#/, '').split('.');
  if (!kept || !ticket || more.length > 0 || mark !== kept.mark || !(Math.abs(now - kept.at) < patience)) return null;
  return { ticket, wish: kept.wish, provider: kept.provider };
}

function read(): Kept | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') as Kept | null;
  } catch {
    return null;
  }
}
