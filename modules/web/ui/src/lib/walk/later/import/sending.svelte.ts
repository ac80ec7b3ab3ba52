import { steps } from '../../api';
import type { NewUpdate } from '../../types';
import { FileError, readSteps, type Found } from './read';

/** A batch that a phone's connection carries in a moment. */
const batch = 100;

export type ImportState = 'idle' | 'reading' | 'found' | 'sending' | 'stopped' | 'done';

/** A file on its way: read here, then sent in batches. What was sent stays when it is stopped, and it goes on from there. */
export class Importing {
  state = $state<ImportState>('idle');
  /** Of the file, of 1. */
  share = $state(0);
  found = $state.raw<Found | null>(null);
  sent = $state(0);
  problem = $state<FileError['why'] | null>(null);
  failed = $state<unknown>(null);
  #stop = new AbortController();
  #send: (updates: NewUpdate[], signal: AbortSignal) => Promise<unknown>;

  constructor(send: (updates: NewUpdate[], signal: AbortSignal) => Promise<unknown> = steps.batch) {
    this.#send = send;
  }

  async read(file: File): Promise<void> {
    this.reset();
    this.state = 'reading';
    const stop = this.#stop;
    try {
      this.found = await readSteps(file, { progress: (share) => (this.share = share), signal: stop.signal });
      this.state = 'found';
    } catch (error) {
      if (stop.signal.aborted) return;
      this.state = 'idle';
      if (error instanceof FileError) this.problem = error.why;
      else this.failed = error;
    }
  }

  async send(): Promise<void> {
    const updates = this.found?.updates ?? [];
    this.state = 'sending';
    this.failed = null;
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    try {
      while (this.sent < updates.length) {
        const part = updates.slice(this.sent, this.sent + batch);
        await this.#send(part, signal);
        this.sent += part.length;
        signal.throwIfAborted();
      }
      this.state = 'done';
    } catch (error) {
      this.state = 'stopped';
      if (!signal.aborted) this.failed = error;
    }
  }

  /** While it is read nothing of it stays; while it is sent, what was. */
  cancel(): void {
    this.#stop.abort();
    if (this.state === 'reading') this.reset();
  }

  reset(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    Object.assign(this, { state: 'idle', share: 0, found: null, sent: 0, problem: null, failed: null });
  }
}
