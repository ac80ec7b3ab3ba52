import type { Today } from '$lib/api/types';

export type Cell = Today['distribution'][number];

/** At most so many cells, neighbours taken together: bars that can be told apart on a narrow phone. */
export function bars(cells: Cell[], most: number): Cell[] {
  const together = Math.ceil(cells.length / most);
  const found: Cell[] = [];
  for (let at = 0; at < cells.length; at += together) {
    const some = cells.slice(at, at + together);
    found.push({
      from: some[0]!.from,
      to: some.at(-1)!.to,
      accounts: some.reduce((sum, { accounts }) => sum + accounts, 0)
    });
  }
  return found;
}

/** In which of them an amount is. */
export const cellOf = (cells: Cell[], amount: number): number =>
  cells.findIndex(({ to }) => to === null || amount < to);
