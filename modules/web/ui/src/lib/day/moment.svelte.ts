const key = 'moment';
const hour = 3_600_000;

/** Until when the line is put away; nothing where this browser has seen no day turn, and so has no yesterday to tell of. */
function hiddenUntil(): number | null {
  try {
    const kept = localStorage.getItem(key);
    return kept === null ? null : Number(kept) || 0;
  } catch {
    return 0;
  }
}
function hide(until: number): void {
  try {
    localStorage.setItem(key, String(until));
  } catch {
    // Where nothing is kept it comes with the next visit.
  }
}
function isDue(): boolean {
  const until = hiddenUntil();
  return until !== null && Date.now() >= until;
}

/**
 * Whether the line of the day stands above the feed: once a day, until it is put away. A first visit goes without: most
 * who are here for the first time have no day behind them, and what it needs is not loaded then.
 */
class Moment {
  due = $state(isDue());
  #turnsAt = 0;

  turnsIn(span: number): void {
    this.#turnsAt = Date.now() + span;
    if (hiddenUntil() === null) hide(this.#turnsAt);
  }
  /** A feed that is entered anew. */
  enter(): void {
    this.due = isDue();
  }
  show(): void {
    this.due = true;
  }
  putAway(): void {
    this.due = false;
    // Where it is not known when the day turns it comes back in some hours.
    hide(this.#turnsAt > Date.now() ? this.#turnsAt : Date.now() + 6 * hour);
  }
}

export const moment = new Moment();
