import { goto } from '$app/navigation';

import { session as calls } from './api/calls';
import { ApiError } from './api/client';
import { drafts } from './drafts';
import { remember, wasHere } from './here';
import { forgetPlaces } from './places.svelte';
import type { User } from './api/types';

const patience = 10_000;

/** Who is signed in. `undefined` until the server was asked, where that is worth it. */
class Session {
  user = $state<User | null | undefined>(wasHere() ? undefined : null);
  #asked: Promise<User | null> | null = null;

  /** Asks the server who this is, once however many ask; throws when it cannot be reached. */
  load(): Promise<User | null> {
    this.#asked ??= this.#load().finally(() => (this.#asked = null));
    return this.#asked;
  }

  /** Who is signed in; refused as the server would refuse when it is nobody. */
  async need(): Promise<User> {
    const user = this.user ?? (await this.load());
    if (!user) throw new ApiError(401, '');
    return user;
  }

  /** Asks until somebody answers: again after a while, and as soon as the connection is back. */
  async find(): Promise<void> {
    while (this.user === undefined) {
      try {
        await this.load();
      } catch {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(done, patience);
          addEventListener('online', done);
          function done() {
            clearTimeout(timer);
            removeEventListener('online', done);
            resolve();
          }
        });
      }
    }
  }

  /** Asks again, quietly: the name changes every morning, and another tab may have become somebody else. */
  async again(): Promise<void> {
    const before = this.user;
    const now = await this.load().catch(() => before);
    if (before && now && before.userId !== now.userId) location.reload();
  }

  async startAsGuest(): Promise<void> {
    // A renewal that is refused clears the cookies: it must not come after the new ones.
    await this.#asked?.catch(() => {});
    await calls.guest();
    forgetPlaces();
    await this.load();
  }

  async signOut(): Promise<void> {
    try {
      await calls.signOut();
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) throw error;
    }
    remember(false);
    drafts.clearAll();
    forgetPlaces();
    this.user = null;
    await goto('/login');
  }

  /** A call was refused for want of a session: to the sign-in page, and back afterwards. */
  async over(): Promise<void> {
    this.user = null;
    remember(false);
    forgetPlaces();
    if (location.pathname === '/login') return;
    await goto(`/login?next=${encodeURIComponent(location.pathname + location.search)}`, { replaceState: true });
  }

  isMe(userId: number): boolean {
    return this.user?.userId === userId;
  }

  async #load(): Promise<User | null> {
    try {
      this.user = await calls.me();
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) throw error;
      this.user = null;
    }
    remember(this.user !== null);
    return this.user;
  }
}

export const session = new Session();
