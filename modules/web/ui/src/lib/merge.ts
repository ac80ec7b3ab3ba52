import { tick } from './known';

/** A page of a list, newest first, as it was when somebody asked for it. */
export interface Page {
  /** The tick at which it was asked for. */
  start: number;
  /** Older than this; 0: the newest. */
  before: number;
  ids: number[];
  /** All from here on is in the page, and below it is asked for next; 0: nothing is below. */
  low: number;
}

/** Ids from `low` to `high` of which all is known. */
interface Stretch {
  low: number;
  high: number;
}

const highOf = ({ before }: Page) => (before === 0 ? Infinity : before - 1);
const covers = (page: Page, id: number) => page.low <= id && id <= highOf(page);
/** Lacked though it was written before something that is there: deleted, not too new. */
const misses = (page: Page, id: number) => page.low <= id && id < (page.ids[0] ?? 0) && !page.ids.includes(id);

/**
 * The one rule by which what arrives joins what is known of a list, in whatever order it comes:
 * - What is known stays until a page lacks it that was asked for after it was learned: another may have been made before
 *   it was there. No page brings back what was deleted here, or what one that was asked for later misses.
 * - What is shown goes on without a hole: as far down from its top as stretches of pages meet. Below lies what is asked
 *   for next. One's own new entries stand above, although what came between is not known yet.
 * - While somebody reads further down the top stays where it is, and what is newer waits.
 */
export class Merge {
  /** Of each known id the tick at which it was learned last. */
  #known = new Map<number, number>();
  #deleted = new Set<number>();
  /** Written here: shown above what is read. */
  #own = new Set<number>();
  #stretches: Stretch[] = [];
  /** What is above waits. */
  #top = Infinity;
  /** When the pages were asked for that are not there yet, and the pages that overtook one of them. */
  #asked: number[] = [];
  #overtook: Page[] = [];
  #growsBelow: boolean;

  /** `growsBelow`: what is new comes at the end, so that one's own stands there, however little of the list is known. */
  constructor(growsBelow = false) {
    this.#growsBelow = growsBelow;
  }

  /** A page is asked for; the tick to give it back with. */
  ask(): number {
    const start = tick();
    this.#asked.push(start);
    return start;
  }

  /** No page comes of that. */
  failed(start: number): void {
    this.#asked = this.#asked.filter((each) => each !== start);
    this.#forget();
  }

  /** A page is there. `hold`: somebody reads further down, and what is new is to wait. */
  arrived(page: Page, hold = false): void {
    if (hold && this.shown.length > 0) this.#top = Math.min(this.#top, this.#current()?.high ?? this.shown[0]!);
    const there = new Set(page.ids);
    const now = tick();
    for (const [id, since] of this.#known) {
      if (since < page.start && covers(page, id) && !there.has(id)) this.#known.delete(id);
    }
    for (const id of page.ids) {
      const gone = this.#overtook.some((later) => later.start > page.start && misses(later, id));
      if (!gone) this.#known.set(id, now);
    }
    // What was read of the newest and found nobody's goes on below what was looked at.
    this.#join({ low: page.low, high: page.before === 0 ? Math.max(page.ids[0] ?? 0, page.low) : page.before - 1 });
    this.#overtook.push(page);
    this.failed(page.start);
    if (!hold && page.before === 0) this.#top = Infinity;
  }

  /** Written here, and the server has it. */
  add(id: number): void {
    this.#known.set(id, tick());
    this.#own.add(id);
  }

  /** Deleted here, for as long as it is not put back. */
  take(id: number): void {
    this.#deleted.add(id);
  }
  /** It was not deleted after all. Answers whether it is one of the list's. */
  putBack(id: number): boolean {
    this.#deleted.delete(id);
    return this.#known.has(id);
  }

  /** All that waited is shown. */
  show(): void {
    this.#top = Infinity;
  }

  has(id: number): boolean {
    return this.#known.has(id) && !this.#deleted.has(id);
  }
  get shown(): number[] {
    const low = this.#current()?.low;
    return this.#sorted((id) =>
      this.#own.has(id) ? this.#growsBelow || low === undefined || id >= low : low !== undefined && id >= low && id <= this.#top
    );
  }
  /** What is newer than what is shown, newest first: as far down as the newest pages meet. */
  get waiting(): number[] {
    const low = this.#stretches[0]?.low ?? Infinity;
    return this.#sorted((id) => id > this.#top && id >= low && !this.#own.has(id));
  }
  /** The page to ask for next is the one before this; 0: the newest. */
  get next(): number {
    return this.#current()?.low ?? 0;
  }
  get ended(): boolean {
    return this.#current()?.low === 0;
  }

  /** The stretch that is shown: the one that the top lies in. */
  #current(): Stretch | undefined {
    return this.#stretches.find(({ low }) => low <= this.#top);
  }

  #sorted(which: (id: number) => boolean): number[] {
    return [...this.#known.keys()].filter((id) => !this.#deleted.has(id) && which(id)).sort((a, b) => b - a);
  }

  /** Stretches that meet become one; newest first. */
  #join(stretch: Stretch): void {
    const apart: Stretch[] = [];
    let { low, high } = stretch;
    for (const each of this.#stretches) {
      if (each.low > high + 1 || each.high < low - 1) {
        apart.push(each);
      } else {
        low = Math.min(low, each.low);
        high = Math.max(high, each.high);
      }
    }
    this.#stretches = [...apart, { low, high }].sort((a, b) => b.high - a.high);
  }

  /** A page is remembered while one that was asked for earlier may still come. */
  #forget(): void {
    const oldest = Math.min(...this.#asked);
    this.#overtook = this.#overtook.filter(({ start }) => start > oldest);
  }
}
