import { ApiError } from './api/client';
import { Draft } from './drafts';
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
  #asked: Asked;
  #draft: Draft;
  #key!: string;
  /** When the key was first sent; 0 where that is not known. */
  #first: number | undefined;
  /** What is typed and not sent. */
  #unsent: string;

  constructor(asked: Asked) {
    this.#asked = asked;
    this.#draft = new Draft(asked.draft, {
      shown: () => this.#unsent,
      letGo: () => {
        this.#unsent = '';
        this.text = asked.initial;
        this.unlinked = false;
      },
      comeBack: (sent) => this.#comeBack(sent)
    });
    const { text, unlinked } = this.#draft.found;
    this.text = text || asked.initial;
    this.unlinked = unlinked ?? false;
    this.#unsent = text;
    this.#attempt(this.#draft.found);
  }

  get edits(): boolean {
    return this.#asked.initial !== '';
  }
  /** Whether something is typed that only the draft has. */
  get unfinished(): boolean {
    return this.#unsent !== '';
  }
  /** Code points that still fit; below 0 those too many. */
  get left(): number {
    return textLimit - codePoints(tidy(this.text));
  }
  get ready(): boolean {
    const tidied = tidy(this.text);
    return !this.sending && this.left >= 0 && tidied !== '' && tidied !== tidy(this.#asked.initial);
  }

  /** The field has another text now. */
  change(): void {
    if (this.text.length > fieldLimit) this.#asked.oncut();
    const cleaned = clean(this.text.slice(0, fieldLimit));
    if (cleaned !== this.text) this.text = cleaned;
    this.#attempt();
    this.#unsent = this.text === this.#asked.initial ? '' : this.text;
    this.#draft.set(this.#unsent, this.unlinked);
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
    const sent = tidy(this.text);
    const key = this.#key;
    const { unlinked } = this;
    const first = this.#first ?? Date.now();
    this.sending = true;
    this.#unsent = '';
    this.#draft.send(sent, key, unlinked, first);
    this.text = this.edits ? sent : '';
    this.unlinked = false;
    this.#attempt();
    try {
      await this.#asked.send(sent, key, unlinked, first);
      this.#draft.arrived();
    } catch (error) {
      // Without an answer the next attempt uses the same key.
      this.#draft.returned(sent, error instanceof ApiError && error.status < 500 ? undefined : key, unlinked, first);
      this.#asked.onfailure(error);
    } finally {
      this.sending = false;
    }
  }

  /** The field is no longer on the screen; what was typed is kept. */
  close(): void {
    this.#draft.close();
  }

  /** What is sent next: one more attempt with that key, or the first with another. */
  #attempt({ key, first }: { key?: string; first?: number } = {}): void {
    this.#key = key ?? newKey();
    this.#first = key === undefined ? undefined : (first ?? 0);
  }

  /** The text returns to the field, before what was typed since. */
  #comeBack(sent: { text: string; key?: string; first?: number; unlinked?: boolean }): void {
    // What was not to bear one's name does not come to bear it.
    const unlinked = sent.unlinked ?? false;
    if (this.text === this.#asked.initial || this.text === sent.text) {
      this.text = this.#unsent = sent.text;
      this.unlinked = unlinked;
      this.#attempt(sent);
    } else {
      this.text = `${sent.text}\n\n${this.text}`;
      this.unlinked ||= unlinked;
      this.change();
    }
  }
}
