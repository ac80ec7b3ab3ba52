import { mount, unmount } from 'svelte';

import type { TextTarget } from '../api/moderation';
import Ask from './Ask.svelte';
import Look from './Look.svelte';
import type { Because } from './deciding';

export interface Question {
  title: string;
  hint: string;
  /** The verb of what is done. */
  action: string;
  /** What may be filled in with a tap. */
  suggestions?: string[];
  reasonHint?: string;
  /** Whether it may be done without a reason. */
  optional?: boolean;
  /** Whether it is asked until when, too. */
  until?: boolean;
  /** What a new name is called, where one is asked for. */
  name?: string;
  /** Does it; what it throws is said beside the fields, which stay. */
  send: (because: Required<Because> & { name: string }) => Promise<void>;
}

/** Asks in a dialog over whatever is shown. */
export function ask(question: Question): void {
  const shown: object = mount(Ask, { target: document.body, props: { ...question, onclose: () => void unmount(shown) } });
}

/** Who wrote an unlinked text: asked for with a reason, and shown. */
export function look(target: TextTarget): void {
  const shown: object = mount(Look, { target: document.body, props: { target, onclose: () => void unmount(shown) } });
}
