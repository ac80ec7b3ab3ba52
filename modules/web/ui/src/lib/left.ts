import { tick } from 'svelte';

/** The topmost entry in sight, and how far below the top of the window it stood. */
export interface Left {
  entry: number;
  top: number;
}

interface Readable {
  ended: boolean;
  reach(id: number): Promise<void>;
  more(): Promise<void>;
}

const entries = () => document.querySelectorAll<HTMLElement>('main article[data-entry]');

/** Where somebody stands who has read on; null at the top, where nothing is to be found again. */
export function standing(): Left | null {
  if (scrollY <= 0) return null;
  for (const article of entries()) {
    const { top, bottom } = article.getBoundingClientRect();
    if (bottom > 0) return { entry: Number(article.dataset.entry), top };
  }
  return null;
}

/**
 * Finds that place again. While the app lives its lists do, and SvelteKit scrolls; after a reload they are read down to
 * the entry first.
 */
export async function standAgain(list: Readable, left: Left | null | undefined): Promise<void> {
  const find = () => [...entries()].find(({ dataset }) => dataset.entry === String(left?.entry));
  if (!left || find()) return;
  await list.reach(left.entry);
  for (let pages = 0; pages < 3; pages++) {
    await tick();
    const away = () => (find()?.getBoundingClientRect().top ?? left.top) - left.top;
    scrollBy(0, away());
    // Low in the last page that was read there is nothing yet to scroll into.
    if (Math.abs(away()) < 1 || list.ended) return;
    await list.more();
  }
}
