import type { SignInProvider } from './api/types';
import type { LanguageCode } from './settings.svelte';
import { bare } from './way';

/** Where sign-in with a provider begins; the server leads on from there, so it is a page to go to, not a call. */
export function providerAddress(provider: SignInProvider, keepPosts = false): string {
  const along = keepPosts ? '&keepPosts=true' : '';
  return `/api/oauth2/authorization/${encodeURIComponent(provider.id)}?prompt=select_account${along}`;
}

/** Where the server leads on to after a proof of who somebody is: to the sign-in page's word on it, to sign-up, or in. */
export function leadsTo(answered: string, origin: string): string {
  try {
    const { origin: there, pathname, search } = new URL(answered, origin);
    return there === origin && bare(pathname) ? pathname + search : '/';
  } catch {
    return '/';
  }
}

/** The screens that somebody may have been led away from. */
const screen = /^\/(?:(?:post|profile)\/[1-9]\d*|settings|terms|privacy|walk)?$/;

/** Where to go after signing in: to a screen of this page, whatever was asked for. */
export function returnAddress(asked: string | null, origin: string): string {
  try {
    const { origin: there, pathname, search, hash } = new URL(asked ?? '/', origin);
    // Judged as the browser reads it: `/.//elsewhere` is `//elsewhere` by now.
    return there === origin && screen.test(pathname) ? pathname + search + hash : '/';
  } catch {
    return '/';
  }
}

/** The last day a mail's link or the server named, `YYYY-MM-DD`; nothing for anything else that stands in the address. */
export function lastDay(until: string | null, language: LanguageCode): string {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(until ?? '');
  if (!parts) return '';
  const day = new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])));
  if (day.toISOString().slice(0, 10) !== until) return '';
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(day);
}
