import { answeredAgain } from '../again';
import { comments, posts } from '../api/calls';
import { ApiError, isOthers, OfflineError } from '../api/client';
import { handleFailure } from '../act';
import { connection } from '../connection.svelte';
import { lastHere } from '../here';
import { t } from '../i18n.svelte';
import { explain } from '../notices.svelte';
import { session } from '../session.svelte';
import { newKey } from '../text';
import { isQueued, markQueued, type Attempt, type Destination } from '../to-be-sent.svelte';
import { unlinked } from '../unlinked.svelte';
import { afterFailure, again, edit, isSure } from './sending';
import * as store from './writings';
import type { Writing } from './writings';

/** As many wait; a field keeps its text rather than lose it. */
const most = 50;
/** The server removes a guest who was not here for 14 days. */
const guestLife = 14 * 86_400_000;
/** After an answer that passes by itself and does not say when. */
const pause = 15_000;
const name = 'writings';

/** What was written without a connection, in order, by all tabs of this browser: sent once, by one of them. */
class Outbox {
  entries = $state.raw<Writing[]>([]);
  #owner: string | undefined;
  #channel = new BroadcastChannel(name);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.#channel.onmessage = () => void this.#read();
    addEventListener(answeredAgain, () => void this.drain());
  }

  /** Whose texts are shown and sent. */
  async belongTo(owner: string): Promise<void> {
    if (owner === this.#owner) return;
    this.#owner = owner;
    this.entries = [];
    await this.#forgetGuests().then(() => this.#read()).catch(() => {});
    await this.drain();
  }

  /** Whether it is kept, to be sent later. */
  async add({ feedId, parent }: Destination, { first, ...sent }: Attempt): Promise<boolean> {
    const me = await session.need();
    await this.belongTo(session.owner);
    // Without locks nobody could say which of the tabs sends it.
    if (this.entries.length >= most || !('locks' in navigator)) return false;
    const words = { ...sent, owner: session.owner, account: me.userId, feedId, parent, at: first };
    const id = await store.add({ ...words, state: isSure(words, me.userId, Date.now()) ? 'waiting' : 'old' });
    await this.#changed();
    // Without the mark nobody would look for it: it goes back to its field, and is in one place only.
    if (isQueued()) return true;
    await store.remove(id);
    await this.#changed();
    return false;
  }

  cancel(id: number): Promise<void> {
    return this.#act(() => store.remove(id));
  }
  /** Where it was sent meanwhile there is nothing to edit. */
  edit(id: number, text: string): Promise<void> {
    return this.#mine(id, (found, me) => edit(found, text, me, newKey(), Date.now()));
  }
  again(id: number): Promise<void> {
    return this.#mine(id, (found, me) => again(found, me, newKey(), Date.now()));
  }

  /** Whoever signs out leaves nothing to be sent, and waits for no other tab: what is gone is not sent, nor put back. */
  async clear(): Promise<void> {
    for (const { id, owner } of await store.all()) if (owner === session.owner) await store.remove(id);
    await this.#changed();
  }
  /** A guest's go along to the account that the guest signs in to, which says itself whether they are sent. */
  async takeAlong(from: string, to: string): Promise<void> {
    await this.#act(async () => {
      for (const each of await store.all()) if (each.owner === from) await store.put({ ...each, owner: to });
    });
  }

  /** Sends what waits, in order, as long as the server takes it. Other tabs wait, and find it sent. */
  async drain(): Promise<void> {
    clearTimeout(this.#timer);
    const me = session.user;
    if (!me || connection.offline || !this.entries.some(({ state }) => state === 'waiting')) return;
    let sent = false;
    await navigator.locks.request(name, async () => {
      await this.#read();
      for (const { id } of this.entries) {
        // It may have been taken away, or this account's session ended, while the one before it was sent.
        const each = await store.get(id);
        if (each?.state !== 'waiting' || session.user?.userId !== me.userId) continue;
        if (!isSure(each, me.userId, Date.now())) {
          await store.put({ ...each, state: 'old' });
          continue;
        }
        try {
          await send(each);
          await store.remove(each.id);
          sent = true;
        } catch (error) {
          if (error instanceof NotHere || isOthers(error)) void session.again();
          if (!(await store.get(id))) continue;
          const after = afterFailure(each, error, explain);
          if (after) {
            await store.put(after);
            continue;
          }
          if (error instanceof ApiError && error.status === 401) handleFailure(error);
          const wait = error instanceof ApiError && error.wait !== null ? error.wait * 1000 : pause;
          this.#timer = setTimeout(() => void this.drain(), wait);
          break;
        }
      }
      await this.#changed();
    });
    // What was sent is read where it stands.
    if (sent) dispatchEvent(new Event(answeredAgain));
  }

  /** Changes one of those of who is signed in; what this tab still shows of another account stays as it is. */
  #mine(id: number, change: (found: Writing, me: number) => Writing): Promise<void> {
    return this.#act(async () => {
      const { userId } = await session.need();
      const found = this.entries.find((each) => each.id === id && each.owner === session.owner);
      if (found) await store.put(change(found, userId));
    });
  }

  /** Changes what waits while nobody sends it. */
  async #act(change: () => Promise<unknown>): Promise<void> {
    await navigator.locks.request(name, async () => {
      await this.#read();
      await change();
      await this.#changed();
    });
    void this.drain();
  }

  /** Those that are gone never come back for what waits. */
  async #forgetGuests(): Promise<void> {
    for (const { id, owner, at } of await store.all()) {
      if (owner.startsWith('guest-') && owner !== this.#owner && at > 0 && Date.now() - at > guestLife) await store.remove(id);
    }
  }

  async #changed(): Promise<void> {
    await this.#read();
    this.#channel.postMessage(null);
  }

  async #read(): Promise<void> {
    const all = await store.all();
    this.entries = all.filter(({ owner }) => owner === this.#owner);
    markQueued(all.length > 0);
  }
}

/** Somebody else is signed in in this browser, or nobody: what this tab sends would be theirs. */
class NotHere extends Error {}

async function send({ account, feedId, parent, text, key, unlinked: wished }: Writing): Promise<void> {
  // A server that has no such thing would not mind the wish, and say whose it is.
  if (wished) await unlinked.ask();
  if (wished && unlinked.known === undefined) throw new OfflineError('not known');
  if (wished && unlinked.known === false) throw new ApiError(409, t().unlinkNot);
  // What another tab did this one may not have been told yet.
  if (lastHere()?.id !== account) throw new NotHere();
  if (feedId === null) await posts.create(account, text, key, wished);
  else await comments.create(account, feedId, parent, text, key, wished);
}

export const outbox = new Outbox();
