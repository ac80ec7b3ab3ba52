import { goto } from '$app/navigation';

import { session as calls } from './api/calls';
import { ApiError, keptAt, OfflineError } from './api/client';
import { drafts } from './drafts';
import { forgetAnswers } from './kept-answers';
import { lastHere, mark, nobody, ownerOf, remember, type Who } from './here';
import { t } from './i18n.svelte';
import { keepEnded, keepMailed, takeEnded } from './kept';
import { notices } from './notices.svelte';
import { forgetPlaces } from './places.svelte';
import { isQueued, loadOutbox } from './to-be-sent.svelte';
import { keptFor } from './walks-here';
import { bare } from './way';
import type { User } from './api/types';

const patience = 10_000;
/** Said by the page that comes after this one. */
const toSay = 'to-say';

const whoIs = (user: User): Who => ({ id: user.userId, guest: user.userRole === 'GUEST' });

/** Who is signed in. `undefined` until the server was asked. */
class Session {
  user = $state<User | null | undefined>(undefined);
  /** Whose unfinished texts are shown. */
  owner = $state(ownerOf(lastHere()));
  /** Who was signed in before nobody was. */
  #was = lastHere();
  #asked: Promise<User | null> | null = null;
  /** On the way to the sign-in page. */
  #leaving: Promise<void> | null = null;
  /** Who this is was not said by the server yet, but the last time. */
  #fromBefore = false;

  constructor() {
    drafts.belongTo(this.owner);
  }

  /** Asks the server who this is, once however many ask; throws when it cannot be reached. */
  load(): Promise<User | null> {
    this.#asked ??= this.#load().finally(() => (this.#asked = null));
    return this.#asked;
  }

  /**
   * Who is signed in, before anything is shown: asked of the server where this browser does not know of anybody, because
   * a link or a provider may have signed somebody in. `undefined` where somebody may be.
   */
  async atStart(): Promise<User | null | undefined> {
    if (this.user || lastHere()) return this.user ?? undefined;
    return this.load().catch(() => undefined);
  }

  /** Who is signed in, in all tabs; refused as the server would refuse when it is nobody. */
  async need(): Promise<User> {
    const user = this.user ?? (await this.load());
    if (!user) throw new ApiError(401, '');
    const now = lastHere();
    if (now && now.id !== user.userId) {
      this.#becameAnother();
      throw new DOMException('another account', 'AbortError');
    }
    return user;
  }

  /** Asks until somebody answers: again after a while, and as soon as the connection is back. */
  async find(): Promise<void> {
    while (this.user === undefined || this.#fromBefore) {
      try {
        if ((await this.load()) === null && this.#was) notices.say(this.#ended());
        if (this.#fromBefore) throw new OfflineError('no answer');
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

  /**
   * Asks again, quietly: the name changes every morning, and the session may have ended, or be another's. Answers whether
   * it does, so that the page turns to that.
   */
  async again(): Promise<boolean> {
    const before = this.user;
    const now = await this.load().catch(() => before);
    if (!before || now?.userId === before.userId) return false;
    if (now) this.#becameAnother();
    else await this.over();
    return true;
  }

  /** Learns from other tabs of this browser who is signed in; answers how to stop. */
  watch(): () => void {
    const told = ({ key }: StorageEvent) => {
      if (key !== mark) return;
      const now = lastHere();
      if (!this.user) void this.load().catch(() => {});
      else if (!now) void this.over('ended-elsewhere');
      else if (now.id !== this.user.userId) this.#becameAnother();
    };
    // While a page lay aside nobody told it.
    const shown = ({ persisted }: PageTransitionEvent) => {
      if (!persisted || this.user === undefined) return;
      void (this.user ? this.again() : this.load().catch(() => {}));
    };
    addEventListener('storage', told);
    addEventListener('pageshow', shown);
    const said = sessionStorage.getItem(toSay);
    sessionStorage.removeItem(toSay);
    if (said) notices.say(t().accountChanged);
    return () => {
      removeEventListener('storage', told);
      removeEventListener('pageshow', shown);
    };
  }

  startAsGuest(): Promise<void> {
    return this.signIn(calls.guest);
  }

  /** Does what signs somebody in, and asks who that is; nothing of what was seen before stays. */
  async signIn(act: () => Promise<unknown>): Promise<void> {
    await this.settled();
    await act();
    forgetPlaces();
    await this.load();
  }

  /** A renewal that is refused clears the cookies: it must not come after new ones. */
  async settled(): Promise<void> {
    await this.#asked?.catch(() => {});
  }

  async signOut(): Promise<void> {
    try {
      await calls.signOut();
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) throw error;
    }
    await this.left('/login');
  }

  /** The session was ended by who had it: nothing of theirs stays in this browser. */
  async left(to: string): Promise<void> {
    void import('./push.svelte').then(({ endPushes }) => endPushes()).catch(() => {});
    if (keptFor()) void import('./walk/walker.svelte').then(({ walker }) => walker.signOut()).catch(() => {});
    if (isQueued()) await loadOutbox().then((outbox) => outbox.clear()).catch(() => {});
    drafts.clearAll();
    keepEnded(null);
    remember(null);
    forgetAnswers();
    forgetPlaces();
    this.#was = null;
    this.user = null;
    await goto(to);
  }

  /**
   * There is no session any more: to the sign-in page, which says so, and back afterwards. Once however many find out:
   * who comes second does not know any more who it was.
   */
  over(status = this.#was?.guest ? 'guest-over' : 'session-over'): Promise<void> {
    return (this.#leaving ??= this.#leave(status).finally(() => (this.#leaving = null)));
  }

  async #leave(status: string): Promise<void> {
    const said = this.#was ? `&status=${status}` : '';
    this.#was = null;
    this.user = null;
    this.#ends();
    forgetAnswers();
    forgetPlaces();
    if (bare(location.pathname)) return;
    await goto(`/login?next=${encodeURIComponent(location.pathname + location.search)}${said}`, { replaceState: true });
  }

  /**
   * Nobody is signed in any more, without having signed out. What a guest wrote is for who begins in this tab: in another
   * it may be somebody else.
   */
  #ends(): void {
    const was = lastHere();
    if (was?.guest) keepEnded(ownerOf(was));
    remember(null);
  }

  /** What a guest wrote is there for the account that the guest signed in to. */
  #takeAlong(from: string): void {
    drafts.takeAlong(from);
    if (isQueued()) void loadOutbox().then((outbox) => outbox.takeAlong(from, this.owner)).catch(() => {});
  }

  isMe(userId: number): boolean {
    return this.user?.userId === userId;
  }

  #ended(): string {
    return this.#was?.guest ? t().guestOver : t().sessionOver;
  }

  /** Another tab has signed somebody else in: what this one shows, and would do, is not theirs. */
  #becameAnother(): void {
    sessionStorage.setItem(toSay, 'account-changed');
    location.reload();
  }

  async #load(): Promise<User | null> {
    let user: User | null = null;
    try {
      user = await calls.me();
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) throw error;
    }
    this.#fromBefore = user !== null && keptAt(user) !== undefined;
    // What is known already is not older.
    if (this.#fromBefore && this.user) throw new OfflineError('no answer');
    const before = lastHere();
    const now = user && whoIs(user);
    if (now) remember(now);
    else this.#ends();
    if (!now && before) forgetAnswers();
    if (now) {
      this.owner = ownerOf(now);
      drafts.belongTo(this.owner);
      const ended = takeEnded();
      if (ended) this.#takeAlong(ended);
      // A page of before kept them without saying which guest's.
      if (!this.user && now.guest && before?.id === now.id) this.#takeAlong(nobody);
      if (before?.guest && !now.guest) this.#takeAlong(ownerOf(before));
      else if (before && before.id !== now.id && !this.user) notices.say(t().accountChanged);
      this.#was = now;
      // Its link was used, here or in another tab.
      if (!now.guest) keepMailed(null);
    }
    this.user = user;
    return user;
  }
}

export const session = new Session();
