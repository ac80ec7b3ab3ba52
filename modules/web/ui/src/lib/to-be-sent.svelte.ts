import { OfflineError } from './api/client';

/** Where a text belongs: to the feed, below a post, or below a comment of it. */
export interface Destination {
  feedId: number | null;
  parent: number | null;
}

/** A text as it was sent, and did not arrive, or nobody knows. */
export interface Attempt {
  text: string;
  key: string;
  /** When the key was first sent, by this device's clock; 0 where that is not known. */
  first: number;
  unlinked: boolean;
}

/** The name of the mark in this browser's storage: something waits to be sent. What it is, is loaded where there is something. */
const mark = 'to-be-sent';

export function isQueued(): boolean {
  try {
    return localStorage.getItem(mark) !== null;
  } catch {
    return false;
  }
}
/** Whether that is marked: storage may be full, or refused. */
export function markQueued(some: boolean): boolean {
  try {
    if (some) localStorage.setItem(mark, '1');
    else localStorage.removeItem(mark);
    return true;
  } catch {
    return false;
  }
}

export const loadOutbox = async () => (await import('./offline/outbox.svelte')).outbox;

/**
 * Keeps a text to be sent when the connection is back, where it failed for the want of one; answers whether it did. What a
 * server was too slow for, or could not do, is for its author to send again.
 */
export async function sendLater(error: unknown, to: Destination, sent: Attempt): Promise<boolean> {
  if (!(error instanceof OfflineError && error.cut)) return false;
  return loadOutbox()
    .then((outbox) => outbox.add(to, sent))
    .then((kept) => {
      if (kept) void queued.show();
      return kept;
    })
    .catch(() => false);
}

type Shown = typeof import('./offline/Queued.svelte').default;

/** What shows the texts that wait. */
class Queued {
  Shown = $state.raw<Shown | null>(null);

  /** Whose they are; where there are none nothing is loaded. */
  look(owner: string): void {
    if (!isQueued()) return;
    void this.show();
    void loadOutbox()
      .then((outbox) => outbox.belongTo(owner))
      .catch(() => {});
  }
  async show(): Promise<void> {
    this.Shown ??= (await import('./offline/Queued.svelte').catch(() => null))?.default ?? null;
  }
}

export const queued = new Queued();
