import { postList, type PostList } from './lists';

let kept: PostList | null = null;

/** The feed as it was left, so that coming back from a post finds the same place. */
export function feed(): PostList {
  kept ??= postList();
  return kept;
}

/** Another account begins, or nobody is signed in. */
export function forgetFeed(): void {
  kept?.stop();
  kept = null;
}
