import { ApiError } from '$lib/api/client';
import { session } from '$lib/session.svelte';
import { keepFor, keptFor } from '$lib/walks-here';
import { me } from './api';
import { onWalkerOver } from './client';
import type { OwnWalker } from './types';

/**
 * `absent`: this node does not walk; `out`: nobody walks here yet, or not any more.
 */
type State = 'unknown' | 'absent' | 'out' | 'in';

/** Who walks in this browser. Its session is not the account's; only the browser remembers for whom it was begun. */
class Walker {
  state = $state<State>('unknown');
  self = $state<OwnWalker | null>(null);
  failed = $state<unknown>(null);
  #asked: Promise<void> | null = null;

  constructor() {
    onWalkerOver(() => this.#out());
  }

  find(): Promise<void> {
    this.#asked ??= this.#find().finally(() => (this.#asked = null));
    return this.#asked;
  }

  async begin(): Promise<void> {
    const user = await session.need();
    this.#in(await me.begin());
    keepFor(String(user.userId));
    await this.#tellOffset();
  }

  async change(change: Parameters<typeof me.change>[0]): Promise<void> {
    this.self = await me.change(change);
  }

  async signOut(): Promise<void> {
    await me.signOut().catch(ended);
    this.#out();
  }

  /** All of it goes; friends are told nothing. */
  async leave(): Promise<void> {
    await me.leave().catch(ended);
    this.#out();
  }

  async #find(): Promise<void> {
    this.failed = null;
    // Who is signed in now may be another than the one for whom this walker was begun.
    const user = session.user ?? (await session.load().catch(() => undefined));
    try {
      if (user && keptFor() !== String(user.userId)) await me.signOut();
      else this.#in(await me.get());
      if (user && this.state !== 'in') this.#out();
      else await this.#tellOffset();
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) this.state = 'absent';
      // What is over has said so already.
      else if (!(error instanceof DOMException)) this.failed = error;
    }
  }

  /** The walker's day begins at midnight where it is. */
  async #tellOffset(): Promise<void> {
    const offsetMinutes = -new Date().getTimezoneOffset();
    if (this.self && this.self.offsetMinutes !== offsetMinutes) await this.change({ offsetMinutes }).catch(() => {});
  }

  #in(walker: OwnWalker): void {
    this.self = walker;
    this.state = 'in';
  }
  #out(): void {
    this.self = null;
    this.state = 'out';
    keepFor(null);
  }
}

function ended(error: unknown): void {
  if (!(error instanceof DOMException)) throw error;
}

export const walker = new Walker();
