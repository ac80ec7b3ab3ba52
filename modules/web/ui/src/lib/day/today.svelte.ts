import { api } from '$lib/api/client';
import type { Today } from '$lib/api/types';
import { readsOn } from '$lib/again';
import { session } from '$lib/session.svelte';
import { moment } from './moment.svelte';

/** Not all pages that are open ask in the same second. */
const scatter = 60_000;
/** The refresh of a great network takes a while: until the day is known it is asked again, for half an hour. */
const again = 60_000;
const patience = 30;

let owner: number | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
/** By this browser's clock. */
let turnsAt = Infinity;
let tries = 0;

/** The day as the server tells it, and when it turns: at 03:00 of the service's day, whatever the browser's clock says. */
class Day {
  told = $state.raw<Today | null>(null);
  failed = $state.raw<unknown>(null);

  belongTo(who: number | undefined): void {
    if (who === owner) return;
    owner = who;
    this.told = this.failed = null;
    clearTimeout(timer);
    if (who !== undefined) void this.read();
  }

  async read(): Promise<void> {
    const who = owner;
    if (who === undefined) return;
    const before = this.told?.day;
    try {
      const told = await api<Today>('/api/v1/assets/today');
      if (who !== owner) return;
      this.told = told;
      this.failed = null;
      moment.turnsIn(told.changesIn * 1000);
      if (before !== undefined && told.day !== before) {
        tries = 0;
        // Who reads further down is not moved.
        if (!readsOn()) moment.show();
      }
      const turns = told.changesIn * 1000;
      const turned = turns + Math.random() * scatter;
      wait(told.state === 'COUNTING' && tries++ < patience ? Math.min(again, turned) : turned, turns);
    } catch (error) {
      if (who !== owner) return;
      this.failed = error;
      if (tries++ < patience) wait(again, again);
    }
  }

  /** Names have changed: this one's is asked for, and how the day went. */
  async turn(): Promise<void> {
    const before = this.told?.day;
    await session.again();
    await this.read();
    if (this.told?.day === before && tries++ < patience) wait(again, again);
  }

  /** A device that slept has missed the time. */
  look(): void {
    if (document.visibilityState === 'visible' && Date.now() >= turnsAt) void this.turn();
  }
}

export const day = new Day();

function wait(pause: number, turns: number): void {
  clearTimeout(timer);
  turnsAt = Date.now() + turns;
  timer = setTimeout(() => void day.turn(), pause);
}

document.addEventListener('visibilitychange', () => day.look());
