import { handleFailure } from './act';
import { accountSettings } from './api/settings';
import type { AccountSettings, SettingsChange } from './api/types';
import { t } from './i18n.svelte';
import { settings, type OfAccounts } from './settings.svelte';

/** Kinds of notification that a change does not name stay. */
const changed = (known: AccountSettings, change: SettingsChange): AccountSettings => ({
  ...known,
  ...change,
  notifications: { ...known.notifications, ...change.notifications }
});

class OfAccount {
  /** As the server said last. */
  #kept = $state.raw<AccountSettings | null>(null);
  /** What is on its way there, one after the other. */
  #changes = $state.raw<SettingsChange[]>([]);
  #sending: Promise<unknown> = Promise.resolve();
  #who: number | undefined;
  #asked: Promise<void> | null = null;

  /** What the account keeps of the settings; null where the server keeps none, or is not known yet. */
  get known(): AccountSettings | null {
    return this.#kept && this.#changes.reduce(changed, this.#kept);
  }

  /** Whose they are from now on. */
  belongTo(who: number | undefined): void {
    if (who === this.#who) return;
    this.#who = who;
    this.#kept = null;
    this.#changes = [];
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
    this.#kept = read;
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
  async change(change: SettingsChange): Promise<void> {
    const who = this.#who;
    const { language, colours } = change;
    const before = { ...(language && { language: settings.language }), ...(colours && { colours: settings.colours }) };
    this.#changes = [...this.#changes, change];
    settings.set({ ...(language && { language }), ...(colours && { colours }) });
    const answer = this.#sending.then(() => (who === this.#who ? accountSettings.change(change) : null));
    this.#sending = answer.catch(() => {});
    try {
      const kept = await answer;
      if (kept && who === this.#who) this.#kept = kept;
      settings.sent();
    } catch (error) {
      settings.set(before);
      handleFailure(error, { undone: t().notChanged, retry: () => void this.change(change) });
    } finally {
      this.#changes = this.#changes.filter((each) => each !== change);
    }
  }
}

export const ofAccount = new OfAccount();
