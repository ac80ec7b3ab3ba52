import { pageSize } from './api/calls';

/** Reads the entries older than `before`; 0 means the newest. */
type ReadPage<T> = (before: number, signal: AbortSignal) => Promise<T[]>;

/** Entries, newest first, loaded page by page as they are needed. Ids below 0 are entries on their way to the server. */
export class PagedList<T> {
  items = $state<T[]>([]);
  loading = $state(false);
  failed = $state<unknown>(null);
  ended = $state(false);
  /** What is newer than what is shown, and held back. */
  waiting = $state<T[]>([]);

  #read: ReadPage<T>;
  #id: (item: T) => number;
  #abort = new AbortController();
  /** Taken out: a page that was read before the server knew does not bring them back. */
  #taken = new Set<number>();
  /** Between what waits and what is shown there is more. */
  #gap = false;

  constructor(read: ReadPage<T>, id: (item: T) => number) {
    this.#read = read;
    this.#id = id;
  }

  find(id: number): T | undefined {
    return this.items.find((item) => this.#id(item) === id);
  }

  async more(): Promise<void> {
    if (this.loading || this.ended) return;
    this.loading = true;
    this.failed = null;
    try {
      const settled = this.items.filter((item) => this.#id(item) > 0);
      const last = settled.at(-1);
      const page = await this.#read(last ? this.#id(last) : 0, this.#abort.signal);
      this.items.push(...page.filter((item) => !this.find(this.#id(item)) && !this.#taken.has(this.#id(item))));
      if (page.length < pageSize) this.ended = true;
    } catch (error) {
      if (!this.#abort.signal.aborted) this.failed = error;
    } finally {
      this.loading = false;
    }
  }

  /** Reads the first page, or brings up to date what is shown; that this could not be done is no news. */
  async update(hold?: () => boolean): Promise<void> {
    if (this.items.length === 0 && !this.ended) await this.more();
    else await this.refresh(hold).catch(() => {});
  }

  /**
   * Reads the newest page again: new entries come on top, known ones are brought up to date, deleted ones go. While
   * `hold` says so when the page is there, the new ones wait.
   */
  async refresh(hold: () => boolean = () => false): Promise<void> {
    const read = await this.#read(0, this.#abort.signal);
    const page = read.filter((item) => !this.#taken.has(this.#id(item)));
    const oldest = read.length < pageSize ? 0 : this.#id(read.at(-1)!);
    this.waiting = page.filter((item) => !this.find(this.#id(item)));
    this.#gap = oldest > 0 && !this.find(oldest) && !this.#taken.has(oldest);
    const kept = new Map(this.items.map((item) => [this.#id(item), item]));
    for (const item of page) {
      const shown = kept.get(this.#id(item));
      if (shown) Object.assign(shown as object, item);
    }
    // With a gap nothing is known of what lies below the page.
    const there = new Set(page.map(this.#id));
    this.items = this.items.filter((item) => {
      const id = this.#id(item);
      return id < 0 || there.has(id) || id < oldest;
    });
    if (this.items.length === 0 || !hold()) this.showWaiting();
  }

  /** Puts what waits on top. Where more is new than fits a page, what was loaded goes: it would leave a gap. */
  showWaiting(): void {
    const newest = this.waiting.filter((item) => !this.find(this.#id(item)) && !this.#taken.has(this.#id(item)));
    const lowest = this.waiting.length > 0 ? this.#id(this.waiting.at(-1)!) : 0;
    this.waiting = [];
    if (newest.length === 0) return;
    const kept = this.items.filter((item) => this.#id(item) > 0 && !(this.#gap && this.#id(item) < lowest));
    if (this.#gap) this.ended = false;
    this.#gap = false;
    this.items = [
      ...this.items.filter((item) => this.#id(item) < 0),
      ...[...kept, ...newest].sort((a, b) => this.#id(b) - this.#id(a))
    ];
  }

  add(item: T): void {
    if (!this.find(this.#id(item))) this.items.unshift(item);
  }

  /** Takes an entry out; the returned function puts it back where its id belongs. */
  take(id: number): () => void {
    this.#taken.add(id);
    const at = this.items.findIndex((item) => this.#id(item) === id);
    const [taken] = at < 0 ? [] : this.items.splice(at, 1);
    return () => {
      this.#taken.delete(id);
      if (taken === undefined || this.find(id)) return;
      const older = this.items.findIndex((item) => this.#id(item) > 0 && this.#id(item) < id);
      this.items.splice(older < 0 ? this.items.length : older, 0, taken);
    };
  }

  /** Shows an entry before the server has it; it becomes the server's, or goes again when `sent` fails. */
  async addBefore(expected: T, sent: Promise<T>): Promise<void> {
    const id = this.#id(expected);
    this.items.unshift(expected);
    try {
      const made = await sent;
      const at = this.items.findIndex((item) => this.#id(item) === id);
      if (this.find(this.#id(made))) this.take(id);
      else if (at >= 0) this.items[at] = made;
      else this.add(made);
    } catch (error) {
      this.take(id);
      throw error;
    }
  }

  stop(): void {
    this.#abort.abort();
  }
}
