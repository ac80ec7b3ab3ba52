import { handleFailure } from './act';
import { accountSettings, type AccountSettings } from './api/members';
import { settings, type Colours, type LanguageCode } from './settings.svelte';
import { m } from './words.members';

/** What the account keeps of the settings; null where the server keeps none, or is not known yet. */
class OfAccount {
  known = $state<AccountSettings | null>(null);
  /** Chosen before it was known what the account has. */
  #early: Partial<AccountSettings> = {};

  /** Reads them; this browser takes the language that was chosen in another. */
  async read(): Promise<void> {
    this.known = null;
    this.#early = {};
    const read = await accountSettings.get().catch(() => null);
    this.known = read;
    if (!read) return;
    if (Object.keys(this.#early).length > 0) await this.change(this.#early);
    // Colours are this browser's: an account that never chose has some, too, and nobody's may turn over by themselves.
    const { language } = this.known ?? read;
    if (language && language !== settings.language) settings.set({ language });
  }

  /** At once here, and in the account if there is one. */
  choose(change: { language?: LanguageCode; colours?: Colours }): void {
    settings.set(change);
    if (this.known) void this.change(change);
    else Object.assign(this.#early, change);
  }

  /** What is not taken is shown as it was. */
  async change(change: Partial<AccountSettings>): Promise<void> {
    const before = this.known;
    if (before) this.known = { ...before, ...change };
    try {
      this.known = await accountSettings.change(change);
    } catch (error) {
      this.known = before;
      handleFailure(error, { undone: m().notChanged, retry: () => void this.change(change) });
    }
  }
}

export const ofAccount = new OfAccount();
