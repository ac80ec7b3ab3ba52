import { ApiError, download, type Download } from './api/client';
import { explain, notices } from './notices.svelte';
import { session } from './session.svelte';
import { m } from './words.members';

/** Browsers read what is saved some time after they were asked to. */
const saving = 60_000;

function save({ name, content }: Download): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), saving);
}

/** The file of all that one wrote and was. It goes on when the settings are left, as long as the page is open. */
class Export {
  /** How much is here of what is under way; null while nothing is. */
  bytes = $state<number | null>(null);
  problem = $state('');
  /** Whether the part of the settings that says so is on the screen. */
  shown = false;
  #stop = new AbortController();

  async start(): Promise<void> {
    if (this.bytes !== null) return;
    this.bytes = 0;
    this.problem = '';
    this.#stop = new AbortController();
    const whose = session.user?.userId;
    try {
      const file = await download('/api/v1/users/me/export', this.#stop.signal, (bytes) => (this.bytes = bytes));
      // Nothing for who came to this browser meanwhile.
      if (session.user?.userId !== whose) return;
      save(file);
      notices.say(m().exported);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) void session.over();
      else if (!this.#stop.signal.aborted) this.#fail(`${m().notExported} ${explain(error)}`);
    } finally {
      this.bytes = null;
    }
  }
  stop(): void {
    this.#stop.abort();
  }

  /** Said where it was asked for, or wherever one is by now. */
  #fail(why: string): void {
    if (this.shown) this.problem = why;
    else notices.say(why);
  }
}

export const exporting = new Export();
