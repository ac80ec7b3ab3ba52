import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { LiveBoard } from './board.svelte';
import type { Board, Entry } from './types';

/** What a browser's EventSource looks like to the page. */
class Source extends EventTarget {
  static CLOSED = 2;
  static all: Source[] = [];
  readyState = 1;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  constructor(readonly url: string) {
    super();
    Source.all.push(this);
  }
  close(): void {
    this.readyState = 2;
  }
  say(board: Board): void {
    this.dispatchEvent(new MessageEvent('board', { data: JSON.stringify(board) }));
  }
}
const entry = (walkerId: string, steps: number, rank: number): Entry => ({ walkerId, nickname: walkerId, steps, rank, isMe: walkerId === 'me', doubtful: false });
const board = (mine: number, bob: number, period: Board['period'] = 'today'): Board => {
  const entries = [entry('me', mine, mine > bob ? 1 : 2), entry('bob', bob, mine > bob ? 2 : 1)];
  return { period, from: '2026-11-27', to: '2026-11-27', entries, me: entries[0]! };
};

let answers: Board[];
let status = 200;
const page = { visibilityState: 'visible' };
const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  Source.all = [];
  status = 200;
  page.visibilityState = 'visible';
  vi.stubGlobal('EventSource', Source);
  vi.stubGlobal('document', page);
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ resultCode: '', message: '', data: answers.length > 1 ? answers.shift() : answers[0] }), { status }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('is read, then told, and says who went past', async () => {
  answers = [board(500, 400)];
  const live = new LiveBoard();
  live.show('today');
  await settled();
  expect(live.board?.me?.steps).toBe(500);
  expect(Source.all).toHaveLength(1);
  Source.all[0]!.onopen?.();
  expect(live.live).toBe(true);
  Source.all[0]!.say(board(500, 600));
  expect(live.passed).toEqual([{ walkerId: 'bob', nickname: 'bob', byMe: false }]);
  live.stop();
  expect(Source.all[0]!.readyState).toBe(2);
});

it('takes nothing of another period, however late it comes', async () => {
  answers = [board(1, 2), board(10, 20, 'week')];
  const live = new LiveBoard();
  live.show('today');
  await settled();
  live.show('week');
  await settled();
  Source.all[0]!.say(board(3, 4));
  expect(live.board).toMatchObject({ period: 'week' });
  expect(Source.all.filter(({ readyState }) => readyState === 1)).toHaveLength(1);
});

it('whose stream ends or is silent is read anew, and tried less and less often', async () => {
  answers = [board(1, 2), board(5, 2)];
  const live = new LiveBoard();
  live.show('today');
  await settled();
  Source.all[0]!.close();
  Source.all[0]!.onerror?.();
  expect(live.live).toBe(false);
  await vi.advanceTimersByTimeAsync(3_500);
  expect(live.board?.me?.steps).toBe(5);
  expect(Source.all).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(75_000 + 7_000);
  expect(Source.all).toHaveLength(3);
});

it('that cannot be read says so only when there is nothing to show', async () => {
  answers = [board(1, 2)];
  status = 500;
  const live = new LiveBoard();
  live.show('today');
  await settled();
  expect(live.failed).toMatchObject({ status: 500 });
  status = 200;
  live.show('today');
  await settled();
  expect(live.failed).toBeNull();
  status = 500;
  live.show('today');
  await settled();
  expect(live.failed).toBeNull();
  expect(live.board).not.toBeNull();
});

it('out of sight is told nothing', async () => {
  answers = [board(1, 2)];
  const live = new LiveBoard();
  live.show('today');
  await settled();
  page.visibilityState = 'hidden';
  live.sight(false);
  expect(Source.all[0]!.readyState).toBe(2);
  page.visibilityState = 'visible';
  live.sight(true);
  await settled();
  expect(Source.all).toHaveLength(2);
});
