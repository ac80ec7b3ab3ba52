import { ApiError } from '$lib/api/client';
import { session } from '$lib/session.svelte';
import { keepFor, keptFor } from '$lib/walks-here';
import { me } from './api';
import { onWalkerOver } from './client';
import { walkPushes } from './push.svelte';
import type { OtherWalker, OwnWalker } from './types';

/** For whom a walker was begun where nobody is signed in to an account. */
const nobody = 'nobody';

/**
 * `absent`: this node does not walk; `out`: nobody walks here yet, or not any more.
 */
type State = 'unknown' | 'absent' | 'out' | 'in';

/** Who walks in this browser. Its session is not the account's; only the browser remembers for whom it was begun. */
class Walker {
  state = $state<State>('unknown');
  self = $state<OwnWalker | null>(null);
  failed = $state<unknown>(null);
  /** Another of the same person, of which nothing was said yet; and by what that was proven, a provider's id or nothing. */
  other = $state<OtherWalker | null>(null);
  provedBy = $state<string | null>(null);
  #asked: Promise<void> | null = null;

  constructor() {
    onWalkerOver(() => void this.#out());
  }

  find(): Promise<void> {
    this.#asked ??= this.#find().finally(() => (this.#asked = null));
    return this.#asked;
  }

  /** As the member who is signed in. */
  async begin(): Promise<void> {
    await session.need();
    await this.arrive(await me.ticket(), null);
  }

  /** As whom a ticket proves: the member, or who came from a provider, whoever is signed in to an account here. */
  async arrive(ticket: string, provider: string | null): Promise<void> {
    // What is found out about who walked here before must not come after.
    await this.find();
    const user = session.user ?? (await session.load().catch(() => null));
    const { walker, other } = await me.begin(ticket);
    keepFor(user ? String(user.userId) : nobody);
    this.provedBy = provider;
    this.other = other;
    this.#in(walker);
    await this.#tellOffset();
  }

  /** What the other has becomes this one's, once and for all. */
  async merge(ticket: string): Promise<void> {
    this.self = await me.merge(ticket);
    this.other = null;
  }

  async change(change: Parameters<typeof me.change>[0]): Promise<void> {
    this.self = await me.change(change);
  }

  async signOut(): Promise<void> {
    await me.signOut().catch(ended);
    await this.#out();
  }

  /** All of it goes; friends are told nothing. */
  async leave(): Promise<void> {
    await me.leave().catch(ended);
    await this.#out();
  }

  async #find(): Promise<void> {
    this.failed = null;
    // Who is signed in now may be another than the one for whom this walker was begun.
    const user = session.user ?? (await session.load().catch(() => undefined));
    try {
      if (user && keptFor() !== String(user.userId)) await me.signOut();
      else this.#in(await me.get());
      if (user && this.state !== 'in') await this.#out();
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
    void walkPushes.belongTo(walker.walkerId).catch(() => {});
  }
  /** Nothing of the walker stays in this browser, the least what it is told while no page is open. */
  async #out(): Promise<void> {
    this.self = null;
    this.other = null;
    this.state = 'out';
    keepFor(null);
    await walkPushes.forget().catch(() => {});
  }
}

function ended(error: unknown): void {
  if (!(error instanceof DOMException)) throw error;
}

export const walker = new Walker();
