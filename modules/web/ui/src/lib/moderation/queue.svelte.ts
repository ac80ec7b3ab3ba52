import { reports, type Shelf } from '../api/moderation';
import type { ReportCase } from '../api/types';
import { PagedList } from '../paged-list.svelte';
import { MostReported } from './most-reported.svelte';

export const shelves: Shelf[] = ['members', 'guests', 'closed'];
export type Order = 'newest' | 'reported';
export const orders: Order[] = ['newest', 'reported'];

/** The tab that an address names. */
export const shelfOf = ({ searchParams }: URL): Shelf => shelves.find((known) => known === searchParams.get('tab')) ?? 'members';
export const orderOf = ({ searchParams }: URL): Order => (searchParams.get('order') === 'reported' ? 'reported' : 'newest');

export type CaseList = PagedList<ReportCase> | MostReported;

/** The moderators' queue as it was left: its lists, and how many wait in each. */
class Queue {
  /** Counted to 100. */
  open = $state({ members: 0, guests: 0 });
  readonly #lists = new Map<string, CaseList>();

  list(shelf: Shelf, order: Order): CaseList {
    // What was decided is read as it happened.
    const key = shelf === 'closed' ? shelf : `${shelf} ${order}`;
    const known = this.#lists.get(key) ?? this.#make(shelf, shelf === 'closed' ? 'newest' : order);
    this.#lists.set(key, known);
    return known;
  }

  /** It is decided: out of every list of what waits, and among what was decided when that is read next. */
  decided(of: ReportCase): void {
    for (const [key, list] of this.#lists) if (key !== 'closed') list.take(of.reportId);
    const shelf = of.memberCount === 0 && of.guestCount > 0 && of.why.every((why) => why === 'REPORTED') ? 'guests' : 'members';
    // Counted to 100 it may well be more.
    if (this.open[shelf] > 0 && this.open[shelf] < 100) this.open[shelf]--;
  }

  stop(): void {
    this.#lists.forEach((list) => list.stop());
  }

  #make(shelf: Shelf, order: Order): CaseList {
    const read = async (before: number, size: number | undefined, signal: AbortSignal) => {
      const page = await reports.page(shelf, before, size, signal);
      this.open = { members: page.openByMembers, guests: page.openByGuests };
      return page.reports;
    };
    return order === 'reported'
      ? new MostReported(read)
      : new PagedList<ReportCase>((before, signal) => read(before, undefined, signal), ({ reportId }) => reportId);
  }
}

let whose: number | null = null;
let kept: Queue | null = null;

/** The queue as this account left it; another account begins anew. */
export function queueOf(user: number): Queue {
  if (!kept || whose !== user) {
    kept?.stop();
    kept = new Queue();
    whose = user;
  }
  return kept;
}
