import { ApiError } from './api/client';
import { Draft, type Sent } from './drafts';
import { clean, codePoints, fieldLimit, newKey, textLimit, tidy } from './text';

interface Asked {
  /** Where the draft is kept. */
  draft: string;
  /** The text that is edited. Then the field keeps it until the server has answered; else it empties at once. */
  initial: string;
  /**
   * Sends the text; when it throws the text comes back. The key is the same at a repetition, and `first` is when it was
   * first sent: now, or before, or 0 where that is not known.
   */
  send: (text: string, key: string, unlinked: boolean, first: number) => Promise<void>;
  /** Where a text is edited: what the server has just now, which may be newer than what is shown. */
  current?: (() => Promise<string>) | null;
  onfailure: (error: unknown) => void;
  /** More was pasted or typed than a field takes. */
  oncut: () => void;
}

/** What is being written in a field: typed, sent, and come back when it did not arrive. */
export class Writing {
  text = $state('');
  sending = $state(false);
  /** To be said without one's name: chosen for this text, and for no other. */
  unlinked = $state(false);
  /** The text that is edited, as it is now as far as is known; empty where a new one is written. */
  present = $state('');
  /** What it was when the edit began; nothing where that is not known. */
  #from = $state<string>();
  #asked: Asked;
  #draft: Draft;
  #key!: string;
  /** When the key was first sent; 0 where that is not known. */
  #first: number | undefined;
  /** What is typed and not sent. */
  #unsent: string;

  constructor(asked: Asked) {
    this.#asked = asked;
    this.present = asked.initial;
    this.#draft = new Draft(asked.draft, {
      shown: () => this.#unsent,
      letGo: () => {
        this.#unsent = '';
        this.text = this.present;
        this.#from = this.present || undefined;
        this.unlinked = false;
      },
      comeBack: (sent) => this.#comeBack(sent)
    });
    const { text, unlinked, from } = this.#draft.found;
    this.text = text || asked.initial;
    this.unlinked = unlinked ?? false;
    this.#unsent = text;
    this.#from = text ? from : asked.initial || undefined;
    this.#attempt(this.#draft.found);
  }

  get edits(): boolean {
    return this.present !== '';
  }
  /** Whether something is typed that only the draft has. */
  get unfinished(): boolean {
    return this.#unsent !== '';
  }
  /** Whether the text was changed elsewhere since its edit began: sent as it is, this would replace what nobody here has seen. */
  get overtaken(): boolean {
    return this.#from !== undefined && this.#from !== this.present && tidy(this.text) !== tidy(this.present);
  }
  /** Code points that still fit; below 0 those too many. */
  get left(): number {
    return textLimit - codePoints(tidy(this.text));
  }
  get ready(): boolean {
    const tidied = tidy(this.text);
    return !this.sending && !this.overtaken && this.left >= 0 && tidied !== '' && tidied !== tidy(this.present);
  }

  /** The field has another text now. */
  change(): void {
    if (this.text.length > fieldLimit) this.#asked.oncut();
    const cleaned = clean(this.text.slice(0, fieldLimit));
    if (cleaned !== this.text) this.text = cleaned;
    this.#attempt();
    this.#unsent = this.text === this.present ? '' : this.text;
    this.#keep(this.edits && this.text === this.present ? this.present : this.#from);
  }

  /** The text that is edited is this now. Where nothing else was typed the field has it, too. */
  follow(present: string): void {
    if (present === this.present) return;
    this.present = present;
    if (this.#unsent !== '' || this.sending) return;
    this.text = this.#from = present;
  }

  /** What is typed stands, and replaces the present text when it is sent. */
  goOn(): void {
    this.#keep(this.present);
  }

  /** The present text in place of what is typed; the answer brings that back. */
  take(): () => void {
    const typed = { text: this.text, unlinked: this.unlinked || undefined, from: this.#from };
    this.text = this.present;
    this.change();
    return () => this.#draft.returned(typed);
  }

  /** Whether the text is to bear one's name. */
  unlink(unlinked: boolean): void {
    this.unlinked = unlinked;
    // Another body needs another key.
    this.change();
  }

  /** What to insert in place of what is pasted over so many characters, where that is more than fits; else null. */
  cut(pasted: string, over: number): string | null {
    const room = Math.max(0, fieldLimit - (this.text.length - over));
    if (pasted.length <= room) return null;
    this.#asked.oncut();
    return clean(pasted.slice(0, room));
  }

  async submit(): Promise<void> {
    if (!this.ready) return;
    const { current } = this.#asked;
    if (current && !(await this.#isLatest(current))) return;
    const { unlinked } = this;
    const text = tidy(this.text);
    const key = this.#key;
    const first = this.#first ?? Date.now();
    const sent: Sent = { text, key, first, unlinked: unlinked || undefined, from: this.#from };
    this.sending = true;
    this.#unsent = '';
    this.#draft.send(sent);
    this.text = this.edits ? text : '';
    this.unlinked = false;
    this.#attempt();
    try {
      await this.#asked.send(text, key, unlinked, first);
      this.#draft.arrived();
    } catch (error) {
      // Without an answer the next attempt uses the same key.
      this.#draft.returned(error instanceof ApiError && error.status < 500 ? { ...sent, key: undefined } : sent);
      this.#asked.onfailure(error);
    } finally {
      this.sending = false;
    }
  }

  /** The field is no longer on the screen; what was typed is kept. */
  close(): void {
    this.#draft.close();
  }

  /** Asks what the text is now; whether what is typed may take its place. */
  async #isLatest(current: () => Promise<string>): Promise<boolean> {
    this.sending = true;
    try {
      this.present = await current();
    } catch (error) {
      this.#asked.onfailure(error);
      return false;
    } finally {
      this.sending = false;
    }
    // Meanwhile another tab may have sent it, or its author signed out.
    return this.#unsent !== '' && !this.overtaken;
  }

  #keep(from: string | undefined): void {
    this.#from = from;
    this.#draft.set(this.#unsent, this.unlinked, from);
  }

  /** What is sent next: one more attempt with that key, or the first with another. */
  #attempt({ key, first }: Partial<Sent> = {}): void {
    this.#key = key ?? newKey();
    this.#first = key === undefined ? undefined : (first ?? 0);
  }

  /** The text returns to the field, before what was typed since. */
  #comeBack(sent: Sent): void {
    // What was not to bear one's name does not come to bear it.
    const unlinked = sent.unlinked ?? false;
    if (this.text === this.present || this.text === sent.text) {
      this.#from = sent.from;
      this.text = this.#unsent = sent.text;
      this.unlinked = unlinked;
      this.#attempt(sent);
    } else {
      this.text = `${sent.text}\n\n${this.text}`;
      this.unlinked ||= unlinked;
      if (this.#from !== sent.from) this.#from = '';
      this.change();
    }
  }
}
