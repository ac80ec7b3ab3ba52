import { describe, expect, it } from 'vitest';

import { Merge, type Page } from './merge';

/** The same numbers for the same seed (mulberry32). */
function random(seed: number): (below: number) => number {
  return (below) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

const size = 3;
/** Of so many the server looks whether they are wanted, for one page. */
const walked = 4;

/** A server, and answers of it that arrive in any order. */
class World {
  readonly list = new Merge();
  /** What the server has, oldest first. */
  there: number[] = [];
  /** Which the reader does not want: looked at and left out. */
  readonly unwanted: number[] = [];
  /** Deleted by this page, and the server said so. */
  readonly removed = new Set<number>();
  /** Answers under way. */
  readonly underWay: (() => void)[] = [];
  readonly mine = new Set<number>();
  readonly log: string[] = [];
  readonly everDeleted = new Set<number>();
  /** Deleted by this page, and nobody said anything yet. */
  readonly taken = new Set<number>();
  #last = 0;

  constructor(readonly below: (limit: number) => number) {
    for (let n = below(8); n > 0; n--) this.others();
  }

  others(): number {
    if (this.below(3) === 0) this.unwanted.push((this.#last += 1));
    this.there.push((this.#last += 1 + this.below(2)));
    return this.#last;
  }
  delete(id: number): void {
    this.there = this.there.filter((each) => each !== id);
    this.everDeleted.add(id);
  }
  page(before: number): Omit<Page, 'start'> {
    const rows = [...this.there, ...this.unwanted].filter((id) => before === 0 || id < before).sort((a, b) => b - a);
    const looked = rows.slice(0, walked);
    const ids = looked.filter((id) => !this.unwanted.includes(id)).slice(0, size);
    return { before, ids, low: ids.length === size ? ids.at(-1)! : rows.length > walked ? looked.at(-1)! : 0 };
  }
  /** Asks now, is answered at one moment of the server and told at a third. */
  read(before: number, hold: boolean): void {
    const start = this.list.ask();
    const answered = () => {
      const page = this.page(before);
      this.underWay.push(() => {
        this.log.push(`page before ${before}, asked at ${start}: ${page.ids}${hold ? ', hold' : ''}`);
        this.list.arrived({ start, ...page }, hold);
      });
    };
    if (this.below(2)) answered();
    else this.underWay.push(this.below(8) ? answered : () => this.list.failed(start));
  }
  write(): void {
    this.underWay.push(() => {
      const id = this.others();
      this.log.push(`the server has mine, ${id}`);
      this.underWay.push(() => {
        this.log.push(`I am told of ${id}`);
        this.mine.add(id);
        this.list.add(id);
      });
    });
  }
  remove(): void {
    const shown = this.list.shown;
    if (shown.length === 0) return;
    const id = shown[this.below(shown.length)]!;
    this.log.push(`I delete ${id}`);
    this.list.take(id);
    this.taken.add(id);
    this.underWay.push(() => {
      // It is done, or refused, or the answer is lost.
      const outcome = this.below(3);
      if (outcome !== 1) this.delete(id);
      this.underWay.push(() => {
        this.log.push(`deleting ${id}: ${['done', 'refused', 'no answer'][outcome]}`);
        this.taken.delete(id);
        if (outcome === 0) this.removed.add(id);
        else this.list.putBack(id);
      });
    });
  }
  arrive(): void {
    const [next] = this.underWay.splice(this.below(this.underWay.length), 1);
    next?.();
  }
  step(): void {
    switch (this.below(9)) {
      case 0:
        this.log.push(`another’s ${this.others()}`);
        break;
      case 1:
        if (this.there.length > 0) this.delete(this.there[this.below(this.there.length)]!);
        break;
      case 2:
        this.read(0, this.below(3) === 0);
        break;
      case 3:
        this.read(this.list.next, false);
        break;
      case 4:
        this.write();
        break;
      case 5:
        if (this.below(2)) this.remove();
        else this.list.show();
        break;
      default:
        this.arrive();
    }
  }
  #tell(before: number): Omit<Page, 'start'> {
    const page = this.page(before);
    this.log.push(`page before ${before}: ${page.ids}`);
    this.list.arrived({ start: this.list.ask(), ...page });
    return page;
  }
  /** All answers arrive, and then it is read to its end. */
  settle(): void {
    while (this.underWay.length > 0) this.arrive();
    this.#tell(0);
    while (!this.list.ended) {
      const { next } = this.list;
      this.#tell(next);
      if (this.list.next === next) throw new Error(`it goes no further down than ${next}`);
    }
  }
  /** Reads it all once more: what others deleted further down is learned where it is read again. */
  again(): void {
    for (let page = this.#tell(0); page.low > 0; ) page = this.#tell(page.low);
  }
}

const descending = (ids: number[]) => ids.every((id, at) => at === 0 || id < ids[at - 1]!);

describe('answers in any order', () => {
  it.each(Array.from({ length: 20 }, (_, hundred) => hundred * 100))('seeds from %i', (first) => {
    for (let seed = first; seed < first + 100; seed++) {
      const world = new World(random(seed));
      const none = (wrong: number[], what: string) => {
        if (wrong.length === 0) return;
        const { shown } = world.list;
        expect.fail(`seed ${seed}: ${what}: ${wrong}\n${world.log.join('\n')}\nshown ${shown}, there ${world.there}`);
      };
      for (let steps = 40; steps > 0; steps--) {
        world.step();
        const { shown, waiting, next } = world.list;
        none(descending(shown) ? [] : shown, 'not sorted');
        none(descending(waiting) ? [] : waiting, 'not sorted, waiting');
        none(waiting.filter((id) => shown.includes(id)), 'shown and waiting');
        none(shown.filter((id) => world.removed.has(id) || world.taken.has(id)), 'deleted and shown');
        const alive = (id: number) => !world.everDeleted.has(id) && !world.taken.has(id) && !shown.includes(id);
        // Between what was read and is shown nothing is missing that was there all the time.
        const top = shown.find((id) => !world.mine.has(id)) ?? 0;
        none(world.there.filter((id) => alive(id) && id < top && id > next), 'a hole');
        none([...world.mine].filter((id) => alive(id) && id > next), 'one’s own is lost');
      }
      world.settle();
      none(world.there.filter((id) => !world.list.shown.includes(id)), 'missing at the end');
      none(world.list.waiting, 'waiting at the end');
      world.again();
      expect(world.list.shown).toEqual([...world.there].reverse());
    }
  });
});
