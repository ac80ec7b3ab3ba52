import { tick } from 'svelte';

/**
 * Gives the focus to what stays when what had it goes: call it when that is decided, and `to` is asked once it is done.
 * Who has gone elsewhere meanwhile is left there.
 */
export async function handFocus(from: Element | undefined, to: () => { focus(): void } | null | undefined): Promise<void> {
  const active = document.activeElement;
  if (active !== null && active !== document.body && !from?.contains(active)) return;
  await tick();
  to()?.focus();
}

/** What comes after an entry that goes: the next one's first link or button, else the page's content. */
export function after(entry: Element | undefined): { focus(): void } {
  const next = [...document.querySelectorAll('main article')].find(
    (other) => entry && entry.compareDocumentPosition(other) === Node.DOCUMENT_POSITION_FOLLOWING
  );
  const main = document.querySelector('main');
  return next?.querySelector<HTMLElement>('a, button') ?? { focus: () => main?.focus({ preventScroll: true }) };
}
