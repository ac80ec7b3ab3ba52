import { goto } from '$app/navigation';
import { settings } from './settings.svelte';

/** Where one types, a key is a letter. */
const types = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Single keys for who has a keyboard: n writes, / searches, ? says which there are. By their place on it, whatever the
 * input method makes of them. */
class Keys {
  /** Whether what the keys do is being read. */
  shown = $state(false);

  press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat || types(event.target)) return;
    if (document.querySelector('dialog[open]')) return;
    const wanted =
      event.key === '?' || (event.code === 'Slash' && event.shiftKey)
        ? 'help'
        : event.code === 'Slash'
          ? 'search'
          : event.code === 'KeyN' && !event.shiftKey
            ? 'write'
            : null;
    // Who turned them off can read how to turn them on again.
    if (!wanted || (!settings.keys && wanted !== 'help')) return;
    event.preventDefault();
    if (wanted === 'help') this.shown = true;
    else void this.#go(wanted);
  }

  async #go(wanted: 'search' | 'write'): Promise<void> {
    const field = () => document.querySelector<HTMLElement>(wanted === 'search' ? 'main input[type=search]' : 'main form textarea');
    if (!field()) await goto(wanted === 'search' ? '/search' : '/');
    field()?.focus();
  }
}

export const keys = new Keys();
