import { beforeEach, describe, expect, it, vi } from 'vitest';

import type { ReportCase } from '../api/types';
import { atOnce, byReports, lookedThrough, MostReported } from './most-reported.svelte';
import { orderOf, queueOf, shelfOf } from './queue.svelte';

const { reports } = vi.hoisted(() => ({ reports: { page: vi.fn() } }));
vi.mock('../api/moderation', () => ({ reports }));
vi.mock('../api/calls', () => ({ pageSize: 20 }));

const of = (reportId: number, memberCount = 1, guestCount = 0, why = ['REPORTED']) =>
  ({ reportId, memberCount, guestCount, why }) as ReportCase;
const from = (newest: number, count: number) => Array.from({ length: count }, (_, place) => of(newest - place, (newest - place) % 7));

beforeEach(() => vi.resetAllMocks());

describe('the most reported', () => {
  it('members before guests, then the newest', () => {
    const sorted = [of(1, 1, 9), of(2, 2, 0), of(3, 1, 9), of(4, 1, 10)].sort(byReports);
    expect(sorted.map(({ reportId }) => reportId)).toEqual([2, 4, 3, 1]);
  });
  it('reads on to the end, by the last one read', async () => {
    const read = vi.fn().mockResolvedValueOnce(from(100, atOnce)).mockResolvedValueOnce(from(50, 3));
    const list = new MostReported(read);
    await list.more();
    expect(read.mock.calls.map(([before]) => before)).toEqual([0, 51]);
    expect([list.items.length, list.ended, list.cut]).toEqual([atOnce + 3, true, false]);
  });
  it('looks through so many and says that there are more', async () => {
    const read = vi.fn((before: number) => Promise.resolve(from(before === 0 ? 10_000 : before - 1, atOnce)));
    const list = new MostReported(read);
    await list.more();
    expect([list.items.length, list.cut, read.mock.calls.length]).toEqual([lookedThrough, true, lookedThrough / atOnce]);
  });
  it('what was decided does not come back by an answer that was under way', async () => {
    let answer: (page: ReportCase[]) => void = () => {};
    const list = new MostReported(vi.fn(() => new Promise<ReportCase[]>((resolve) => (answer = resolve))));
    const reading = list.more();
    list.take(5);
    answer([of(6), of(5)]);
    await reading;
    expect(list.items.map(({ reportId }) => reportId)).toEqual([6]);
  });
  it('a failure is said, and read again', async () => {
    const read = vi.fn().mockRejectedValueOnce(new Error('away')).mockResolvedValueOnce([of(1)]);
    const list = new MostReported(read);
    await list.more();
    expect([list.failed !== null, list.ended, list.loading]).toEqual([true, false, false]);
    await list.more();
    expect([list.failed, list.items.length]).toEqual([null, 1]);
  });
  it('nothing moves under who reads further down', async () => {
    const read = vi.fn().mockResolvedValue([of(1)]);
    const list = new MostReported(read);
    await list.update(() => true);
    await list.update(() => true);
    expect(read).toHaveBeenCalledTimes(1);
  });
});

describe('the queue', () => {
  const page = (cases: ReportCase[], openByMembers = 2, openByGuests = 1) => ({ reports: cases, openByMembers, openByGuests });
  it('a decided case leaves every list of what waits, and the count of its own', async () => {
    const queue = queueOf(1);
    reports.page.mockResolvedValue(page([of(2), of(1)]));
    const lists = [queue.list('members', 'newest'), queue.list('members', 'reported')];
    for (const list of lists) await list.update();
    queue.decided(of(2));
    for (const list of lists) expect(list.items.map(({ reportId }) => reportId)).toEqual([1]);
    expect(queue.open).toEqual({ members: 1, guests: 1 });
    queue.decided(of(3, 0, 4));
    expect(queue.open).toEqual({ members: 1, guests: 0 });
    queue.decided(of(4, 0, 4, ['REPORTED', 'WORD']));
    expect(queue.open).toEqual({ members: 0, guests: 0 });
  });
  it('is as this account left it, and new for another', () => {
    const queue = queueOf(1);
    expect(queueOf(1)).toBe(queue);
    expect(queueOf(2)).not.toBe(queue);
  });
  it('decided cases have one order', () => {
    const queue = queueOf(3);
    expect(queue.list('closed', 'reported')).toBe(queue.list('closed', 'newest'));
    expect(queue.list('guests', 'reported')).toBeInstanceOf(MostReported);
  });
  it('reads its address, and what is none as the first of each', () => {
    const at = (query: string) => new URL(`https://example.test/moderation${query}`);
    expect([shelfOf(at('?tab=closed')), orderOf(at('?order=reported'))]).toEqual(['closed', 'reported']);
    expect([shelfOf(at('?tab=x')), orderOf(at('?order=x'))]).toEqual(['members', 'newest']);
  });
});
