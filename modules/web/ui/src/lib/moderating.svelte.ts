import { moderates } from './roles';
import { session } from './session.svelte';

type Menus = typeof import('./moderation/menus');

/** What moderators may do to an entry or an account; loaded for them alone, and nothing until it is there. */
class Moderating {
  #menus = $state.raw<Menus | null>(null);
  #loading = false;

  get menus(): Menus | null {
    if (!moderates(session.user)) return null;
    if (!this.#menus && !this.#loading) {
      this.#loading = true;
      void import('./moderation/menus').then(
        (menus) => (this.#menus = menus),
        () => (this.#loading = false)
      );
    }
    return this.#menus;
  }
}

export const moderating = new Moderating();
