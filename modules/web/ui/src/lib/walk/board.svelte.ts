import { boards } from './api';
import { overtakings, type Overtaking } from './overtaking';
import type { Board, Period } from './types';

const firstPause = 2_000;
const longestPause = 60_000;
/** A heartbeat comes every 25 s: without one the connection is dead, though nothing says so. */
const longestSilence = 75_000;

/** A board that somebody looks at: read once, then told what changes, as long as the page is in sight. */
export class LiveBoard {
  board = $state.raw<Board | null>(null);
  failed = $state<unknown>(null);
  live = $state(false);
  /** The last who went past. */
  passed = $state.raw<Overtaking[]>([]);
  #period: Period | null = null;
  #source: EventSource | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pause = firstPause;

  /** Shows the board of a period from now on. */
  show(period: Period): void {
    if (period !== this.#period) {
      this.board = null;
      this.passed = [];
    }
    this.#period = period;
    this.#pause = firstPause;
    void this.#begin();
  }

  /** Nobody looks any more. */
  stop(): void {
    this.#period = null;
    this.#close();
  }

  /** Out of sight it is told nothing; in sight again it is brought up to date. */
  sight(visible: boolean): void {
    if (!visible) this.#close();
    else if (this.#period) this.show(this.#period);
  }

  async #begin(): Promise<void> {
    this.#close();
    const period = this.#period;
    if (!period) return;
    this.failed = null;
    try {
      // Also renews a session that has run out: a stream cannot.
      const read = await boards.friends(period);
      if (period !== this.#period) return;
      this.#take(read);
    } catch (error) {
      if (period !== this.#period) return;
      if (!this.board) this.failed = error;
      else this.#later();
      return;
    }
    if (document.visibilityState === 'visible') this.#open(period);
  }

  #open(period: Period): void {
    this.#close();
    const source = new EventSource(`/api/v1/boards/friends/stream?period=${period}`);
    this.#source = source;
    const hear = () => {
      this.live = true;
      this.#pause = firstPause;
      this.#expect();
    };
    source.onopen = hear;
    source.addEventListener('heartbeat', hear);
    source.addEventListener('board', ({ data }: MessageEvent<string>) => {
      if (source !== this.#source) return;
      hear();
      this.#take(JSON.parse(data) as Board);
    });
    source.onerror = () => {
      if (source !== this.#source) return;
      this.live = false;
      // Of a connection that breaks the browser tries again by itself; after an answer that is no stream it does not.
      if (source.readyState === EventSource.CLOSED) this.#later();
    };
    this.#expect();
  }

  #take(board: Board): void {
    if (board.period !== this.#period) return;
    const passed = overtakings(this.board, board);
    if (passed.length > 0) this.passed = passed;
    this.board = board;
    this.failed = null;
  }

  #expect(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#later(), longestSilence);
  }

  #later(): void {
    this.#close();
    // Not all browsers at once that a node has lost.
    this.#timer = setTimeout(() => void this.#begin(), this.#pause * (0.5 + Math.random()));
    this.#pause = Math.min(this.#pause * 2, longestPause);
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
    this.live = false;
  }
}
