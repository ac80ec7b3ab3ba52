import type { ClientInit, HandleClientError } from '@sveltejs/kit';

import { firstWords, onMissing } from '$lib/i18n.svelte';
import { notices } from '$lib/notices.svelte';
import { partLost } from '$lib/renewal';

addEventListener('vite:preloadError', () => void partLost());
onMissing((text, again) => notices.stay(text, again));

export const init: ClientInit = firstWords;

/** A mistyped address is no error of the page; the screen says so. */
export const handleError: HandleClientError = ({ error, status }) => {
  if (status !== 404) console.error(error);
};
