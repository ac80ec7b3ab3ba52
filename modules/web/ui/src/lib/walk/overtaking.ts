import type { Board, Entry } from './types';

export interface Overtaking {
  walkerId: string;
  nickname: string | null;
  /** Whether it was oneself who went past the other. */
  byMe: boolean;
}

type Ranked = Entry & { rank: number };
const ranked = (entry: Entry): entry is Ranked => entry.rank !== null;

/**
 * Who went past whom between two looks at a board: oneself past a friend or a friend past oneself. Only between boards
 * of the same days: a new day begins anew for all. Who has no rank goes past nobody.
 */
export function overtakings(before: Board | null, after: Board): Overtaking[] {
  if (!before || before.period !== after.period || before.from !== after.from || before.to !== after.to) return [];
  const { me: was } = before;
  const { me: is } = after;
  if (!was || !is || !ranked(was) || !ranked(is)) return [];
  const earlier = new Map(before.entries.map((entry) => [entry.walkerId, entry]));
  return after.entries.flatMap((entry): Overtaking[] => {
    const known = earlier.get(entry.walkerId);
    if (entry.isMe || !known || !ranked(known) || !ranked(entry)) return [];
    const { walkerId, nickname } = entry;
    if (known.rank > was.rank && entry.rank < is.rank) return [{ walkerId, nickname, byMe: false }];
    if (known.rank < was.rank && entry.rank > is.rank) return [{ walkerId, nickname, byMe: true }];
    return [];
  });
}

/** Who is next above and next below oneself, of those who have a rank. */
export function neighbours({ entries, me }: Board): { above: Entry | null; below: Entry | null } {
  const standing = entries.filter(ranked);
  const at = standing.findIndex(({ isMe }) => isMe);
  if (!me || at < 0) return { above: null, below: null };
  return { above: standing[at - 1] ?? null, below: standing[at + 1] ?? null };
}
