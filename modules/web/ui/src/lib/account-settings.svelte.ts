import { handleFailure } from './act';
import { accountSettings } from './api/members';
import type { AccountSettings } from './api/types';
import { t } from './i18n.svelte';
import { settings, type OfAccounts } from './settings.svelte';

/** What the account keeps of the settings; null where the server keeps none, or is not known yet. */
class OfAccount {
  known = $state<AccountSettings | null>(null);
  #who: number | undefined;
  #asked: Promise<void> | null = null;

  /** Whose they are from now on. */
  belongTo(who: number | undefined): void {
    if (who === this.#who) return;
    this.#who = who;
    this.known = null;
    this.#asked = null;
    if (who !== undefined) void this.read();
  }

  /** Reads them, once however many ask; this browser takes what was chosen in another. */
  read(): Promise<void> {
    const asked = (this.#asked ??= this.#read(this.#who).finally(() => {
      if (this.#asked === asked) this.#asked = null;
    }));
    return asked;
  }

  async #read(who: number | undefined): Promise<void> {
    const read = await accountSettings.get().catch(() => null);
    if (who !== this.#who || !read) return;
    this.known = read;
    const { unsent } = settings;
    settings.set({ colours: read.colours, ...(read.language && { language: read.language }), ...unsent });
    if (unsent) await this.change(unsent);
  }

  /** At once here, and in the account: where it is not known yet, or nobody is signed in, as soon as it is. */
  choose(change: OfAccounts): void {
    if (this.known) {
      void this.change(change);
    } else {
      settings.set(change);
      settings.keepForAccount(change);
    }
  }

  /** What is not taken is shown as it was. */
  async change(change: Partial<AccountSettings>): Promise<void> {
    const before = this.known;
    const here = { language: settings.language, colours: settings.colours };
    if (before) this.known = { ...before, ...change };
    const { language, colours } = change;
    settings.set({ ...(language && { language }), ...(colours && { colours }) });
    try {
      this.known = await accountSettings.change(change);
      settings.sent();
    } catch (error) {
      this.known = before;
      settings.set(here);
      handleFailure(error, { undone: t().notChanged, retry: () => void this.change(change) });
    }
  }
}

export const ofAccount = new OfAccount();
