import { handleFailure } from '../act';
import { rules as calls } from '../api/moderation';
import { ApiError } from '../api/client';
import type { ModerationRules } from '../api/types';
import { t } from '../i18n.svelte';
import { explain, notices } from '../notices.svelte';
import { badWords, draftOf, hoursOf, isChanged, maxWords, merge, wordsOf, type Draft, type Merged } from './rules';
import { w } from './words';

/** The rules as somebody changes them. What is not saved stays while the page is open, also when another screen is shown. */
export class RulesForm {
  /** As the server had them when they were read. */
  base = $state.raw<ModerationRules | null>(null);
  draft = $state<Draft>({ words: '', hours: '', links: 'HOLD' });
  failed = $state<unknown>(null);
  saving = $state(false);
  /** What was changed elsewhere while something was changed here. */
  merged = $state.raw<Merged | null>(null);
  /** The server's word about the words: it folds and counts them, this page does not. */
  refused = $state('');

  get words(): string[] {
    return wordsOf(this.draft.words);
  }
  get hours(): number | null {
    return hoursOf(this.draft.hours);
  }
  get changed(): boolean {
    return this.base !== null && isChanged(this.draft, this.base);
  }
  /** What is wrong with the words; '' where nothing is known to be. */
  get fault(): string {
    const bad = badWords(this.words);
    if (this.words.length > maxWords) return w().tooManyWords;
    return bad.length > 0 ? w().badWords(bad.slice(0, 5).join(', ')) : this.refused;
  }
  get ready(): boolean {
    return this.changed && !this.saving && this.hours !== null && this.fault === '';
  }

  /** Reads them. What was read takes the place of what nobody changed here; what somebody did is joined with it. */
  async read(): Promise<void> {
    this.failed = null;
    try {
      const read = await calls.get();
      if (this.base && this.changed && read.version !== this.base.version) {
        this.merged = merge(this.base, this.draft, read);
        this.draft = this.merged.draft;
      } else if (!this.changed) {
        this.draft = draftOf(read);
      }
      this.base = read;
    } catch (error) {
      this.failed = error;
    }
  }

  /** Answers whether the words are to be looked at again. */
  async save(): Promise<boolean> {
    const { base, hours, words, draft } = this;
    if (!base || hours === null || !this.ready) return false;
    this.saving = true;
    try {
      this.base = await calls.set({ version: base.version, words, newcomerHours: hours, newcomerLinks: draft.links });
      this.draft = draftOf(this.base);
      this.merged = null;
      notices.say(w().saved);
      return false;
    } catch (error) {
      const status = error instanceof ApiError ? error.status : 0;
      if (status === 400) this.refused = explain(error);
      else if (status === 409) await this.read();
      else handleFailure(error, { undone: t().notChanged });
      return status === 400;
    } finally {
      this.saving = false;
    }
  }

  discard(): void {
    if (this.base) this.draft = draftOf(this.base);
    this.merged = null;
    this.refused = '';
  }
}

let whose: number | null = null;
let form = new RulesForm();

/** The form as this account left it. */
export function rulesFormOf(user: number): RulesForm {
  if (whose !== user) form = new RulesForm();
  whose = user;
  return form;
}
