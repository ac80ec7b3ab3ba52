import { describe, expect, it } from 'vitest';

import { neighbours, overtakings } from './overtaking';
import type { Board, Entry } from './types';

const entry = (walkerId: string, steps: number, rank: number | null): Entry => ({
  walkerId,
  nickname: walkerId,
  steps,
  rank,
  isMe: walkerId === 'me',
  doubtful: rank === null
});
function board(...entries: Entry[]): Board {
  return { period: 'today', from: '2026-11-27', to: '2026-11-27', entries, me: entries.find(({ isMe }) => isMe) ?? null };
}

describe('who went past whom', () => {
  const before = board(entry('ann', 900, 1), entry('me', 500, 2), entry('bob', 400, 3), entry('cat', 9_000, null));

  it('tells a friend who went past oneself, and whom oneself went past', () => {
    const after = board(entry('bob', 1_000, 1), entry('me', 950, 2), entry('ann', 900, 3), entry('cat', 9_000, null));
    expect(overtakings(before, after)).toEqual([
      { walkerId: 'bob', nickname: 'bob', byMe: false },
      { walkerId: 'ann', nickname: 'ann', byMe: true }
    ]);
  });
  it('tells nothing of friends among themselves, of who is new, and of who has no rank', () => {
    expect(overtakings(before, board(entry('ann', 900, 1), entry('me', 500, 2), entry('cat', 450, 3), entry('bob', 400, 4)))).toEqual([]);
    expect(overtakings(before, board(entry('dan', 990, 1), entry('ann', 900, 2), entry('me', 500, 3), entry('bob', 400, 4)))).toEqual([]);
    expect(overtakings(before, board(entry('ann', 900, 1), entry('me', 500, null), entry('bob', 400, 2)))).toEqual([]);
  });
  it('does not compare two days, two periods, or a board with none', () => {
    const after = board(entry('bob', 1_000, 1), entry('me', 950, 2), entry('ann', 900, 3));
    expect(overtakings(null, after)).toEqual([]);
    expect(overtakings(before, { ...after, from: '2026-11-28', to: '2026-11-28' })).toEqual([]);
    expect(overtakings(before, { ...after, period: 'week' })).toEqual([]);
  });
});

describe('who is next', () => {
  it('is found among those with a rank', () => {
    const all = board(entry('ann', 900, 1), entry('me', 500, 2), entry('cat', 9_000, null));
    expect(neighbours(all)).toEqual({ above: all.entries[0], below: null });
    expect(neighbours(board(entry('ann', 900, 1), entry('me', 500, null)))).toEqual({ above: null, below: null });
  });
});
