import type { HandleClientError } from '@sveltejs/kit';

/** A mistyped address is no error of the page; the screen says so. */
export const handleError: HandleClientError = ({ error, status }) => {
  if (status !== 404) console.error(error);
};
