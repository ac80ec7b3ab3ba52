import { pageSize, type Piece } from './api/calls';
import { OfflineError } from './api/client';
import { newestFirst, type Arrangement } from './arrangement';
import { tick, update as bringUpToDate } from './known';
import { Merge } from './merge';

/** Reads the entries behind the one with that id; 0: from the top. */
type ReadPage<T> = (last: number, signal: AbortSignal) => Promise<T[] | Piece<T>>;

/** The one entry that what was read stands for, made or brought up to date with what was asked for at `start`. */
type Same<T> = (read: T, start: number) => T;

/**
 * Entries, loaded page by page as they are needed, the newest first where nothing else is said. Ids below 0 are entries
 * on their way to the server.
 */
export class PagedList<T extends object> {
  items = $state<T[]>([]);
  loading = $state(false);
  failed = $state<unknown>(null);
  ended = $state(false);
  /** What belongs above what is shown, and is held back. */
  waiting = $state<T[]>([]);
  /** When its beginning was last said by the server. */
  readAt = $state<number | null>(null);

  #read: ReadPage<T>;
  #id: (item: T) => number;
  #same: Same<T>;
  #arrangement: Arrangement;
  #abort = new AbortController();
  /** Of places: the highest stands on top. */
  #merge: Merge;
  /** By id, whether shown or not. */
  #entries = new Map<number, T>();
  /** On their way, as they are shown. */
  #expected: T[] = [];
  #reading: Promise<void> | null = null;

  constructor(read: ReadPage<T>, id: (item: T) => number, same?: Same<T>, arrangement = newestFirst) {
    this.#arrangement = arrangement;
    this.#merge = new Merge(arrangement.growsBelow);
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
   * Reads the first page again: new entries come on top, known ones are brought up to date, deleted ones go. While
   * `hold` says so when the page is there, the new ones wait. `all`: as far down as is shown, where entries change ids.
   * Where new entries come at the end, that is read again, too. What is frozen stays.
   */
  async refresh(hold: () => boolean = () => false, all = false): Promise<void> {
    if (this.#arrangement.frozen) return;
    const end = this.#merge.next;
    const last = this.#merge.ended && this.#arrangement.growsBelow ? this.#merge.shown.at(-1) : undefined;
    let low = await this.#page(0, hold);
    while (all && low > end) low = await this.#page(low);
    for (let below = last ?? 0; below !== 0; ) below = await this.#page(below);
  }

  /** Reads on until the entry of that id, or where it would be, is shown, but not for ever. */
  async reach(id: number): Promise<void> {
    for (let pages = 0; pages < 50 && !this.ended; pages++) {
      const { next } = this.#merge;
      const place = this.#arrangement.find(id);
      if (next !== 0 && place !== undefined && next <= place) return;
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
    this.#merge.add(this.#arrangement.place(id, true));
    this.#show();
  }

  /** Takes an entry out; the returned function puts it back where its id belongs. */
  take(id: number): () => void {
    const place = this.#arrangement.find(id);
    if (place === undefined) return () => {};
    this.#merge.take(place);
    this.#show();
    return () => {
      this.#merge.putBack(place);
      this.#show();
    };
  }

  /** Shows an entry before the server has it; it becomes the server's, or goes again when `sent` fails. */
  async addBefore(expected: T, sent: Promise<T>): Promise<void> {
    const shown = entry(expected);
    this.#expected = this.#arrangement.growsBelow ? [...this.#expected, shown] : [shown, ...this.#expected];
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

  /** Reads a page; answers below which place it goes on, 0 where nothing does. */
  async #page(before: number, hold: () => boolean = () => false): Promise<number> {
    const start = this.#merge.ask();
    try {
      const answer = await this.#read(before === 0 ? 0 : this.#arrangement.idAt(before), this.#abort.signal);
      const { entries: read, next, at }: Piece<T> = Array.isArray(answer) ? { entries: answer } : answer;
      // What was kept is of before what is shown: it is for who has nothing else.
      if (at !== undefined && this.#entries.size > 0) throw new OfflineError('no answer');
      for (const item of read) this.#entries.set(this.#id(item), this.#same(item, at === undefined ? start : 0));
      if (before === 0) this.readAt = at ?? Date.now();
      const places = read.map((item) => this.#arrangement.place(this.#id(item), false));
      const goesOn = next === undefined && places.length >= pageSize ? this.#id(read.at(-1)!) : next;
      const low = goesOn ? this.#arrangement.goOn(goesOn) : 0;
      this.#merge.arrived({ start, before, ids: places, low }, before === 0 && hold());
      this.#show();
      return low;
    } catch (error) {
      this.#merge.failed(start);
      throw error;
    }
  }

  #show(): void {
    const entries = (places: number[]) => places.map((place) => this.#entries.get(this.#arrangement.idAt(place))!);
    const shown = entries(this.#merge.shown);
    this.items = this.#arrangement.growsBelow ? [...shown, ...this.#expected] : [...this.#expected, ...shown];
    this.waiting = entries(this.#merge.waiting);
    this.ended = this.#merge.ended;
  }
}

/** One entry for everybody who shows it: what changes in one place has changed in all. */
export function entry<T extends object>(read: T): T {
  const shown = $state(read);
  return shown;
}
