import type { ReportCase } from '../api/types';

/** So many are looked through, as the server gives the most in one page. */
export const atOnce = 50;
export const lookedThrough = 200;

type ReadPage = (before: number, size: number, signal: AbortSignal) => Promise<ReportCase[]>;

/** Members' word counts before guests', who cost nothing to make. */
export const byReports = (a: ReportCase, b: ReportCase): number =>
  b.memberCount - a.memberCount || b.guestCount - a.guestCount || b.reportId - a.reportId;

/** The newest cases, the most reported first. The server lists by age alone: so many of them are read, and no more. */
export class MostReported {
  items = $state<ReportCase[]>([]);
  loading = $state(false);
  failed = $state<unknown>(null);
  ended = $state(false);
  /** Whether there are more than were looked through. */
  cut = $state(false);
  readonly waiting: ReportCase[] = [];

  #read: ReadPage;
  #abort = new AbortController();
  #taken = new Set<number>();

  constructor(read: ReadPage) {
    this.#read = read;
  }

  /** Reads all anew. */
  async more(): Promise<void> {
    if (this.loading) return;
    this.loading = true;
    this.failed = null;
    try {
      const found: ReportCase[] = [];
      let full = true;
      while (full && found.length < lookedThrough) {
        const page = await this.#read(found.at(-1)?.reportId ?? 0, atOnce, this.#abort.signal);
        found.push(...page);
        full = page.length >= atOnce;
      }
      this.items = found.filter(({ reportId }) => !this.#taken.has(reportId)).sort(byReports);
      this.cut = full;
      this.ended = true;
    } catch (error) {
      if (!this.#abort.signal.aborted) this.failed = error;
    } finally {
      this.loading = false;
    }
  }

  /** As PagedList: while somebody reads further down nothing moves. */
  async update(hold: () => boolean = () => false): Promise<void> {
    if (!this.ended || !hold()) await this.more();
  }

  take(id: number): void {
    this.#taken.add(id);
    this.items = this.items.filter(({ reportId }) => reportId !== id);
  }

  showWaiting(): void {}

  stop(): void {
    this.#abort.abort();
  }
}
