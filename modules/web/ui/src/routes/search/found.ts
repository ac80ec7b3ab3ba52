import { search } from '$lib/api/search';
import type { Post } from '$lib/api/types';
import type { PostList } from '$lib/lists';
import { PagedList } from '$lib/paged-list.svelte';
import { same, searchPlace } from '$lib/places.svelte';

/** What a query finds, as it was left. */
export const found = (query: string): PostList =>
  searchPlace(
    query,
    () => new PagedList<Post>((before, signal) => search(query, before, signal), ({ feedId }) => feedId, same)
  );
