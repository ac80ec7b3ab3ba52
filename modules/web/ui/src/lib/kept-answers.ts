import { keepBy } from './api/client';
import { lastHere } from './here';
import type { User } from './api/types';

type Answers = typeof import('./offline/answers');

/** As many wait until what keeps them is loaded. */
const mostWaiting = 40;
const waiting: (() => unknown)[] = [];
let answers: Answers | null = null;
const load = async () => (answers ??= await import('./offline/answers'));

/** Nothing that an account was told stays in this browser. */
export function forgetAnswers(): void {
  waiting.length = 0;
  try {
    indexedDB.deleteDatabase('answers');
  } catch {
    // Nothing was kept, then.
  }
}

/**
 * Keeps what is read without a connection, once the worker has the page that reads it. `who` is signed in, as far as this
 * tab knows; `heard` learns whether the server answers.
 */
export function keepAnswers(who: () => number | undefined, heard: (answered: boolean) => void): void {
  keepBy({
    keep(path, data) {
      const at = Date.now();
      const here = lastHere()?.id;
      // Who one is says itself whose it is, and what was kept for another goes then; for the rest this tab, as soon as it
      // knows, and the browser must agree on it.
      const whose = path.endsWith('/users/me') ? (data as User).userId : here === (who() ?? here) ? here : undefined;
      if (whose === undefined) return;
      const keep = () => void answers?.keep(whose, path, { data, at }).catch(() => {});
      // Until it is loaded another tab may have signed out, or somebody else in.
      const keepStill = () => lastHere()?.id === whose && keep();
      if (answers) keep();
      else if (waiting.push(keepStill) > mostWaiting) waiting.shift();
    },
    async recall(path) {
      const whose = lastHere()?.id;
      return whose === undefined ? null : (await load()).recall(whose, path);
    },
    heard
  });
  void navigator.serviceWorker?.ready
    .then(load)
    .then(() => waiting.splice(0).forEach((keep) => keep()))
    .catch(() => {});
}
