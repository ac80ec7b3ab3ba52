import type { Notification } from './api/types';

/** What the stream says, by the event's name. */
export interface Told {
  notification: Notification;
  unread: { unreadCount: number };
  feed: { newestFeedId: number };
  /** It says nothing: what is new is to be asked for. Again and again as long as that is so. */
  silence: null;
}
const names = ['notification', 'unread', 'feed'] as const;
type Said = { [K in keyof Told]: { name: K; data: Told[K] } }[keyof Told];

const address = '/api/v1/notifications/stream';
const firstPause = 5_000;
const longestPause = 5 * 60_000;
/** Timers of a device that slept come late: what was open then is rather dead, though nothing says so. */
const watchEvery = 30_000;
const slept = 90_000;
/**
 * It has a first word at once, and a heartbeat every 25 s. When there is none, the connection is dead though nothing
 * says so, or somebody on the way keeps what is sent until it is much.
 */
const longestWait = { first: 20_000, next: 75_000 };
/** So often who looks at a page without a stream is told that it says nothing; not all in the same second. */
const withoutStream = () => 60_000 * (0.9 + Math.random() / 5);

/**
 * One stream of events for all tabs of a browser. The tab that holds the lock has it and hands on what it says; when
 * that tab goes the next one takes over. Where a browser has no locks every tab that is looked at asks each minute.
 */
class Live {
  #heard = new Set<(said: Said) => void>();
  #who: number | undefined;
  #end: (() => void) | null = null;

  /** Calls `act` for each such event, also of other tabs' streams; answers how to stop. */
  on<K extends keyof Told>(name: K, act: (data: Told[K]) => void): () => void {
    const heard = (said: Said) => {
      if (said.name === name) act(said.data as Told[K]);
    };
    this.#heard.add(heard);
    return () => void this.#heard.delete(heard);
  }

  /** Whose stream it is from now on; nobody's: none. `check` asks who is signed in, and renews what has run out. */
  belongTo(who: number | undefined, check: () => Promise<unknown>): void {
    if (who === this.#who) return;
    this.#end?.();
    this.#end = null;
    this.#who = who;
    if (who === undefined) return;
    if (!('locks' in navigator) || !('BroadcastChannel' in window)) {
      const timer = setInterval(() => this.#say({ name: 'silence', data: null }), withoutStream());
      this.#end = () => clearInterval(timer);
      return;
    }
    this.#end = this.#share(`live ${who}`, check);
  }

  #say(said: Said): void {
    for (const heard of this.#heard) heard(said);
  }

  #share(name: string, check: () => Promise<unknown>): () => void {
    const over = new AbortController();
    const channel = new BroadcastChannel(name);
    channel.onmessage = ({ data }) => this.#say(data as Said);
    const lead = () =>
      new Promise<void>((done) => {
        const close = keepOpen((said) => {
          this.#say(said);
          channel.postMessage(said);
        }, check);
        over.signal.addEventListener('abort', () => {
          close();
          done();
        });
      });
    navigator.locks.request(name, { signal: over.signal }, lead).catch(() => {});
    return () => {
      over.abort();
      channel.close();
    };
  }
}

/** Keeps a stream open until it is closed by what this answers. */
function keepOpen(say: (said: Said) => void, check: () => Promise<unknown>): () => void {
  let source: EventSource | null = null;
  let last = '';
  let pause = firstPause;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  let patience = 0;

  const expect = (wait: number) => (patience = Date.now() + wait);
  const hear = () => {
    expect(longestWait.next);
    pause = firstPause;
  };
  const open = () => {
    clearTimeout(timer);
    timer = undefined;
    expect(longestWait.first);
    source?.close();
    source = new EventSource(last ? `${address}?lastEventId=${last}` : address);
    // Of a connection that breaks the browser tries again by itself; after an answer that is no stream it does not.
    source.onerror = ({ target }) => {
      if (target === source && source?.readyState === EventSource.CLOSED) later();
    };
    source.addEventListener('heartbeat', hear);
    for (const name of names) {
      source.addEventListener(name, ({ data, lastEventId }: MessageEvent<string>) => {
        hear();
        if (lastEventId) last = lastEventId;
        say({ name, data: JSON.parse(data) } as Said);
      });
    }
  };
  const later = () => {
    clearTimeout(timer);
    // Not all browsers at once that a node has lost.
    timer = setTimeout(() => void again(), pause * (0.5 + Math.random()));
    pause = Math.min(pause * 2, longestPause);
  };
  const again = async () => {
    await check().catch(() => {});
    if (!closed) open();
  };
  const wake = () => {
    if (source?.readyState !== EventSource.OPEN) void again();
  };

  let looked = Date.now();
  const watch = setInterval(() => {
    const now = Date.now();
    if (now - looked > slept) {
      void again();
    } else if (now > patience) {
      say({ name: 'silence', data: null });
      if (timer === undefined) later();
    }
    looked = now;
  }, watchEvery);
  addEventListener('online', wake);
  open();
  return () => {
    closed = true;
    clearTimeout(timer);
    clearInterval(watch);
    removeEventListener('online', wake);
    source?.close();
  };
}

export const live = new Live();
