import { pageSize, type Piece } from './api/calls';
import { tick, update as bringUpToDate } from './known';
import { Merge } from './merge';

/** Reads the entries older than `before`; 0 means the newest. */
type ReadPage<T> = (before: number, signal: AbortSignal) => Promise<T[] | Piece<T>>;

/** The one entry that what was read stands for, made or brought up to date with what was asked for at `start`. */
type Same<T> = (read: T, start: number) => T;

/** Entries, newest first, loaded page by page as they are needed. Ids below 0 are entries on their way to the server. */
export class PagedList<T extends object> {
  items = $state<T[]>([]);
  loading = $state(false);
  failed = $state<unknown>(null);
  ended = $state(false);
  /** What is newer than what is shown, and held back. */
  waiting = $state<T[]>([]);

  #read: ReadPage<T>;
  #id: (item: T) => number;
  #same: Same<T>;
  #abort = new AbortController();
  #merge = new Merge();
  /** By id, whether shown or not. */
  #entries = new Map<number, T>();
  /** On their way, the newest first. */
  #expected: T[] = [];
  #reading: Promise<void> | null = null;

  constructor(read: ReadPage<T>, id: (item: T) => number, same?: Same<T>) {
    this.#read = read;
    this.#id = id;
    this.#same = same ?? ((read, start) => bringUpToDate(this.#entries.get(id(read)) ?? entry(read), read, start));
  }

  find(id: number): T | undefined {
    return this.#entries.get(id);
  }
  /** All that was read, whether shown or not. */
  known(): T[] {
    return [...this.#entries.values()];
  }

  /** Reads on below what is shown; one page however many ask. */
  async more(): Promise<void> {
    if (this.ended) return;
    await (this.#reading ??= this.#more().finally(() => (this.#reading = null)));
  }

  async #more(): Promise<void> {
    this.loading = true;
    this.failed = null;
    try {
      await this.#page(this.#merge.next);
    } catch (error) {
      if (!this.#abort.signal.aborted) this.failed = error;
    } finally {
      this.loading = false;
    }
  }

  /** Reads the first page, or brings up to date what is shown; that this could not be done is no news. */
  async update(hold?: () => boolean, all?: boolean): Promise<void> {
    if (this.#merge.next === 0 && !this.ended) return this.more();
    const failed = this.failed;
    await this.refresh(hold, all).catch(() => {});
    // What had failed below is worth another try as well.
    if (failed) await this.more();
  }

  /**
   * Reads the newest page again: new entries come on top, known ones are brought up to date, deleted ones go. While
   * `hold` says so when the page is there, the new ones wait. `all`: as far down as is shown, where entries change ids.
   */
  async refresh(hold: () => boolean = () => false, all = false): Promise<void> {
    const end = this.#merge.next;
    let low = await this.#page(0, hold);
    while (all && low > end) low = await this.#page(low);
  }

  /** Reads on until the entry of that id, or where it would be, is shown, but not for ever. */
  async reach(id: number): Promise<void> {
    for (let pages = 0; pages < 50 && !this.ended; pages++) {
      const { next } = this.#merge;
      if (next !== 0 && next <= id) return;
      await this.more();
      if (this.failed) return;
    }
  }

  /** Puts what waits on top. Where more is new than fits a page, it begins anew: what is below is read when it is needed. */
  showWaiting(): void {
    this.#merge.show();
    this.#show();
  }

  /** Written here, and the server has it. */
  add(item: T): void {
    const id = this.#id(item);
    this.#entries.set(id, this.#same(item, tick()));
    this.#merge.add(id);
    this.#show();
  }

  /** Takes an entry out; the returned function puts it back where its id belongs. */
  take(id: number): () => void {
    this.#merge.take(id);
    this.#show();
    return () => {
      this.#merge.putBack(id);
      this.#show();
    };
  }

  /** Shows an entry before the server has it; it becomes the server's, or goes again when `sent` fails. */
  async addBefore(expected: T, sent: Promise<T>): Promise<void> {
    const shown = entry(expected);
    this.#expected = [shown, ...this.#expected];
    this.#show();
    try {
      const made = await sent;
      this.#expected = this.#expected.filter((each) => each !== shown);
      this.add(made);
    } catch (error) {
      this.#expected = this.#expected.filter((each) => each !== shown);
      this.#show();
      throw error;
    }
  }

  stop(): void {
    this.#abort.abort();
  }

  /** Reads a page; answers below which id it goes on, 0 where nothing does. */
  async #page(before: number, hold: () => boolean = () => false): Promise<number> {
    const start = this.#merge.ask();
    try {
      const answer = await this.#read(before, this.#abort.signal);
      const { entries: read, next }: Piece<T> = Array.isArray(answer) ? { entries: answer } : answer;
      for (const item of read) this.#entries.set(this.#id(item), this.#same(item, start));
      const ids = read.map(this.#id);
      const low = next !== undefined ? (next ?? 0) : ids.length >= pageSize ? ids.at(-1)! : 0;
      this.#merge.arrived({ start, before, ids, low }, before === 0 && hold());
      this.#show();
      return low;
    } catch (error) {
      this.#merge.failed(start);
      throw error;
    }
  }

  #show(): void {
    const entries = (ids: number[]) => ids.map((id) => this.#entries.get(id)!);
    this.items = [...this.#expected, ...entries(this.#merge.shown)];
    this.waiting = entries(this.#merge.waiting);
    this.ended = this.#merge.ended;
  }
}

/** One entry for everybody who shows it: what changes in one place has changed in all. */
export function entry<T extends object>(read: T): T {
  const shown = $state(read);
  return shown;
}
