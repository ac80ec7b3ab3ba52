/**
 * What this page knows better than an answer that arrives. Answers overtake one another: what was read before something
 * was done, or read earlier, may come after it. Ticks say what began before what; time of day would not.
 */
let last = 0;

/** A moment, later than all that were asked for before. */
export const tick = (): number => ++last;

interface Mark {
  /** What was read from before this moment on is old. */
  fresh: number;
  /** Changes whose answers are not there yet. */
  changes: number;
}
const marks = new WeakMap<object, Mark>();

function markOf(entry: object): Mark {
  const known = marks.get(entry) ?? { fresh: 0, changes: 0 };
  marks.set(entry, known);
  return known;
}

/** Brings an entry up to date with what was read of it from `start` on, unless that is older than what is known. */
export function update<T extends object>(entry: T, read: T, start: number): T {
  const mark = markOf(entry);
  if (mark.changes === 0 && start > mark.fresh) {
    mark.fresh = start;
    if (entry !== read) Object.assign(entry, read);
  }
  return entry;
}

/** Does something to entries. What is read of them meanwhile, or was asked for before it was done, does not undo it. */
export async function change<T>(entries: (object | null | undefined)[], act: () => Promise<T>): Promise<T> {
  const changed = entries.filter((entry) => entry != null).map(markOf);
  for (const mark of changed) mark.changes++;
  try {
    return await act();
  } finally {
    const now = tick();
    for (const mark of changed) {
      mark.changes--;
      mark.fresh = now;
    }
  }
}
