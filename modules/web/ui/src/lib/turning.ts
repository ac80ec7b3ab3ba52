import { tick } from 'svelte';

import { handleFailure } from './act';
import { after } from './focus';

type Relating = typeof import('./relating');

/** Does something about an entry, by what is loaded for it; when the entry goes with it, the next one has the focus. */
export function turning(article: () => HTMLElement | undefined): (act: (relating: Relating) => unknown) => void {
  return (act) =>
    void import('./relating')
      .then(async (relating) => {
        const entry = article();
        const next = after(entry);
        act(relating);
        await tick();
        if (entry && !entry.isConnected) next.focus();
      })
      .catch((error: unknown) => handleFailure(error));
}

export type Turning = 'report' | 'block';
/** What is asked, and what asks it. */
export interface Question {
  turns: Turning;
  Dialogs: typeof import('./components/TurnAway.svelte').default;
}

/** Loads what asks before somebody reports or blocks. */
export function ask(turns: Turning, show: (question: Question) => void): void {
  void import('./components/TurnAway.svelte')
    .then(({ default: Dialogs }) => show({ turns, Dialogs }))
    .catch((error: unknown) => handleFailure(error));
}

/** What asks before something is deleted. */
export interface Asking {
  Confirm: typeof import('./components/Confirm.svelte').default;
}

/** Loads it. */
export function askFirst(show: (asking: Asking) => void): void {
  void import('./components/Confirm.svelte')
    .then(({ default: Confirm }) => show({ Confirm }))
    .catch((error: unknown) => handleFailure(error));
}
