import { onLookAgain } from '$lib/again';
import { node } from '$lib/api/moderation';
import type { NodeStatus } from '$lib/api/types';

/** Often enough to see something go wrong, and no more than a member who reads. */
export const every = 20_000;
/** What two clocks may differ by and be the same to somebody who looks; and what a start may seem to move by. */
const near = 1000;
const nearStart = 30_000;
const said = 60_000;

export type Changed = 'other' | 'restarted' | null;

/** Whether another node has answered than before, or the same one after a new start. */
export function changedSince(before: NodeStatus | null, after: NodeStatus): Changed {
  if (!before) return null;
  if (before.host !== after.host) return 'other';
  const start = (status: NodeStatus) => Date.parse(status.at) - status.upSeconds * 1000;
  // Its clock may have been set; but then it has run for longer than before.
  return after.upSeconds < before.upSeconds && Math.abs(start(after) - start(before)) > nearStart ? 'restarted' : null;
}

/**
 * By how many milliseconds the node's clock is ahead of this device's; 0 where the way to the node and back leaves no more to
 * be said.
 */
export function clockAhead(at: string, sent: number, received: number): number {
  const ahead = Date.parse(at) - (sent + received) / 2;
  return Math.abs(ahead) <= Math.max(near, (received - sent) / 2) ? 0 : Math.round(ahead);
}

/** How the node is, asked again while somebody looks. */
export class NodeWatch {
  told = $state.raw<NodeStatus | null>(null);
  /** When that was, by this device's clock. */
  at = $state<number | null>(null);
  /** Why what stands here is old, or is not there. */
  failed = $state.raw<unknown>(null);
  /** Said for a minute, so that a glance sees it. */
  changed = $state<Changed>(null);
  #changedAt = 0;
  ahead = $state(0);
  #asking: AbortController | null = null;

  read = async (): Promise<void> => {
    if (this.#asking) return;
    const asking = (this.#asking = new AbortController());
    const sent = Date.now();
    try {
      const told = await node.status(asking.signal);
      const received = Date.now();
      if (asking.signal.aborted) return;
      const changed = changedSince(this.told, told);
      if (changed || received - this.#changedAt > said) this.changed = changed;
      if (changed) this.#changedAt = received;
      this.ahead = clockAhead(told.at, sent, received);
      this.told = told;
      this.at = received;
      this.failed = null;
    } catch (error) {
      if (!asking.signal.aborted) this.failed = error;
    } finally {
      if (this.#asking === asking) this.#asking = null;
    }
  };

  /** Until what it returns is called. */
  start(): () => void {
    void this.read();
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void this.read();
    }, every);
    const stop = onLookAgain(() => void this.read());
    return () => {
      clearInterval(timer);
      stop();
      this.#asking?.abort();
      this.#asking = null;
    };
  }
}
