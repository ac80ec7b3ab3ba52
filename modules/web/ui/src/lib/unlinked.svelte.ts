import { api, ApiError } from './api/client';
import type { CommentPage, PostPage } from './api/types';
import { session } from './session.svelte';
import { untilKnown } from './until-known';

/** What one has said without one's name, the newest first. */
const posts = '/api/v1/feeds/unlinked';

/** Whether the server can keep what is written from its author's name, and what one has written so. */
class Unlinked {
  /** Not known: undefined. */
  known = $state<boolean | undefined>(undefined);
  #who: number | undefined;
  #asked: Promise<void> | null = null;

  /** Asks, once however many want to know it. */
  ask(): Promise<void> {
    const who = session.user?.userId;
    if (who !== this.#who) {
      this.#who = who;
      this.known = undefined;
    }
    if (who === undefined || this.known !== undefined) return Promise.resolve();
    return (this.#asked ??= api<PostPage>(`${posts}?size=1`)
      .then(
        () => void (this.known = true),
        (error: unknown) => {
          // A server that has no such list takes its name for a post's id.
          if (error instanceof ApiError && [400, 403, 404, 405].includes(error.status)) this.known = false;
        }
      )
      .finally(() => (this.#asked = null)));
  }

  /** Asks until it is known; answers how to stop. To be begun when it is known who is signed in. */
  find(): () => void {
    return untilKnown(async () => {
      await this.ask();
      return this.known !== undefined;
    });
  }

  /** Whether there is anything, and whether it is going to be removed. */
  async state(): Promise<{ any: boolean; goes: boolean }> {
    const [{ feeds }, { comments }] = await Promise.all([
      api<PostPage>(`${posts}?size=1`),
      api<CommentPage>('/api/v1/comments/unlinked?size=1')
    ]);
    const newest = [...feeds, ...comments];
    return { any: newest.length > 0, goes: newest.some(({ removeAt }) => removeAt) };
  }
  /** Each goes at a moment of its own within 13 days: together they would say whose they were. */
  remove = () => api<unknown>(posts, { method: 'DELETE' });
  keep = () => api<unknown>(`${posts}/keep`, { method: 'POST' });
}

export const unlinked = new Unlinked();
