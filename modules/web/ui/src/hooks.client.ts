import type { ClientInit, HandleClientError } from '@sveltejs/kit';

import { firstWords } from '$lib/i18n.svelte';

export const init: ClientInit = firstWords;

/** A mistyped address is no error of the page; the screen says so. */
export const handleError: HandleClientError = ({ error, status }) => {
  if (status !== 404) console.error(error);
};
