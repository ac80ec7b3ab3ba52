import { redirect } from '@sveltejs/kit';

import { wasHere } from '$lib/here';
import type { LayoutLoad } from './$types';

// The page is one shell that asks the API; nothing is rendered on a server.
export const ssr = false;
export const prerender = false;

const needSomebody = ['/', '/post/[id=id]', '/profile/[id=id]'];

/** Who is new here is led to sign-in at once, not after the first screen was shown and refused. */
export const load: LayoutLoad = ({ url, route }) => {
  if (!needSomebody.includes(route.id ?? '') || wasHere()) return;
  redirect(307, `/login?next=${encodeURIComponent(url.pathname + url.search)}`);
};
