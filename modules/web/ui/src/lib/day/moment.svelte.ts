const key = 'moment';

function hiddenUntil(): number {
  try {
    return Number(localStorage.getItem(key) ?? 0) || 0;
  } catch {
    return 0;
  }
}

/** Whether the line of the day stands above the feed: once a day, until it is put away. */
class Moment {
  due = $state(Date.now() >= hiddenUntil());
  #turnsAt = 0;

  turnsIn(span: number): void {
    this.#turnsAt = Date.now() + span;
  }
  /** A feed that is entered anew. */
  enter(): void {
    this.due = Date.now() >= hiddenUntil();
  }
  show(): void {
    this.due = true;
  }
  putAway(): void {
    this.due = false;
    // Where it is not known when the day turns it comes back in some hours.
    const until = this.#turnsAt > Date.now() ? this.#turnsAt : Date.now() + 6 * 3_600_000;
    try {
      localStorage.setItem(key, String(until));
    } catch {
      // Where nothing is kept it comes with the next visit.
    }
  }
}

export const moment = new Moment();
