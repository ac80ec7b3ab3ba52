import { redirect } from '@sveltejs/kit';

import { preloadCode } from '$app/navigation';
import { lastHere } from '$lib/here';
import { takeReturn } from '$lib/kept';
import { isReadable } from '$lib/network';
import { session } from '$lib/session.svelte';
import { returnAddress } from '$lib/sign-in';
import type { LayoutLoad } from './$types';

// The page is one shell that asks the API; nothing is rendered on a server.
export const ssr = false;
export const prerender = false;

const needSomebody = [
  ...['/', '/search', '/notifications', '/acts', '/settings/hiding', '/post/[id=id]', '/profile/[id=id]'],
  ...['/moderation', '/moderation/rules', '/moderation/audit']
];

/** Who is new here is led to sign-in, once the server has said so, not after the first screen was shown and refused. */
export const load: LayoutLoad = async ({ url, route }) => {
  if (!needSomebody.includes(route.id ?? '')) return;
  // Who was never here most likely goes there: it is loaded while the server is asked.
  if (!session.user && !lastHere() && !isReadable(url.pathname)) void preloadCode('/login').catch(() => {});
  if ((await session.atStart()) === null && !isReadable(url.pathname)) redirect(307, `/login?next=${encodeURIComponent(url.pathname + url.search)}`);
  // A provider leads back to the feed, whatever was asked for before.
  const next = url.pathname === '/' ? takeReturn() : null;
  if (next !== null) redirect(307, returnAddress(next, url.origin));
};
