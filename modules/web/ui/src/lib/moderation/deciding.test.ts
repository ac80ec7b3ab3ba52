import { beforeEach, describe, expect, it, vi } from 'vitest';

import { ApiError, OfflineError } from '../api/client';
import type { ReportCase } from '../api/types';
import { choices, decide, mainReason, undoing, whyNot, type Me } from './deciding';

const { reports, texts, accounts } = vi.hoisted(() => ({
  reports: { decide: vi.fn() },
  texts: { hide: vi.fn(), restore: vi.fn(), stop: vi.fn() },
  accounts: { suspend: vi.fn(), lift: vi.fn() }
}));
vi.mock('../api/moderation', () => ({
  reports,
  texts,
  accounts,
  isUnlinked: (text: { unlinked?: boolean } | null) => text?.unlinked === true
}));

const at = '2026-11-27T00:00:00Z';
const me: Me = { userId: 1, userRole: 'MODERATOR' };
const account = (userRole = 'USER', status = 'ACTIVE', userId = 7) => ({ userId, userRole, status, createdAt: at, suspendedUntil: null });
const act = { actId: 3, action: 'HIDE', targetType: 'FEED', targetId: 5, reason: '', at, until: null, objection: null, userId: 7, by: 2 };

function of(changes: object = {}, state = 'SHOWN'): ReportCase {
  const text = { state, feedId: 5, author: '900만', content: '글', createdAt: at, updatedAt: at };
  const counts = { memberCount: 1, guestCount: 0, reasons: [] };
  const made = { reportId: 9, state: 'OPEN', targetType: 'FEED', targetId: 5, why: ['REPORTED'], ...counts, openedAt: at };
  return { ...made, text, account: account(), objectionTo: null, decision: null, ...changes } as ReportCase;
}

const unlinked = (state = 'SHOWN') => {
  const report = of({ account: null }, state);
  return { ...report, text: { ...report.text!, unlinked: true } } as ReportCase;
};

beforeEach(() => vi.resetAllMocks());

describe('what can be decided', () => {
  it.each([
    ['a post that shows', of(), ['hide', 'leave', 'suspend']],
    ['one that waits', of({}, 'WAITING'), ['hide', 'release', 'suspend']],
    ['one that is hidden', of({}, 'HIDDEN'), ['keepHidden', 'restore', 'suspend']],
    ['one that its author deleted', of({}, 'DELETED'), ['leave', 'suspend']],
    ['a guest’s', of({ account: account('GUEST') }), ['hide', 'leave', 'suspend', 'stopGuest']],
    ['one of a suspended account', of({ account: account('USER', 'SUSPENDED') }), ['hide', 'leave']],
    ['one of somebody nobody knows', of({ account: null }), ['hide', 'leave']],
    ['an unlinked one', unlinked(), ['hide', 'leave', 'stopAuthor']],
    ['an unlinked one that is deleted', unlinked('DELETED'), ['leave']],
    ['an account', of({ targetType: 'USER', text: null }), ['leave', 'suspend']],
    ['an objection to a suspension', of({ targetType: 'USER', text: null, objectionTo: act }), ['refuse', 'follow']]
  ])('%s', (_, report, offered) => expect(choices(report)).toEqual(offered));

  it('is another’s where it is one’s own, one’s own act, or somebody’s who may do no less', () => {
    expect(whyNot(of(), me)).toBeNull();
    expect(whyNot(of({ account: account('USER', 'ACTIVE', 1) }), me)).toBe('own');
    expect(whyNot(of({ objectionTo: { ...act, by: 1 } }), me)).toBe('ownAct');
    expect(whyNot(of({ account: account('MODERATOR') }), me)).toBe('notBelow');
    expect(whyNot(of({ account: account('MODERATOR') }), { ...me, userRole: 'ADMIN' })).toBeNull();
    expect(whyNot(of({ account: account('ADMIN') }), { ...me, userRole: 'ADMIN' })).toBe('notBelowAdmin');
    expect(whyNot(of({ account: null }), me)).toBeNull();
  });
});

describe('deciding', () => {
  const decided = (decision: string, by: number | null) => reports.decide.mockResolvedValue({ decision: { decision, by, reason: '', at } });
  it('sends what is needed and no more', async () => {
    decided('DISMISS', 1);
    expect(await decide(of(), 'leave', {}, me)).toBe('done');
    expect(reports.decide).toHaveBeenLastCalledWith(9, { decision: 'DISMISS' });
    await decide(of(), 'suspend', { reason: '도배', until: '2027-01-01' }, me);
    expect(reports.decide).toHaveBeenLastCalledWith(9, { decision: 'SUSPEND', reason: '도배', until: '2027-01-01' });
    await decide(of(), 'suspend', { reason: '도배', until: null }, me);
    expect(reports.decide).toHaveBeenLastCalledWith(9, { decision: 'SUSPEND', reason: '도배' });
  });
  it('knows who was quicker', async () => {
    decided('HIDE', 2);
    expect(await decide(of(), 'hide', { reason: 'x' }, me)).toBe('same');
    decided('GONE', 2);
    expect(await decide(of(), 'hide', { reason: 'x' }, me)).toBe('gone');
    reports.decide.mockRejectedValue(new ApiError(409, ''));
    expect(await decide(of(), 'hide', { reason: 'x' }, me)).toBe('otherwise');
    reports.decide.mockRejectedValue(new ApiError(404, ''));
    expect(await decide(of(), 'hide', { reason: 'x' }, me)).toBe('missing');
  });
  it('leaves the case where it is when it was refused or not heard', async () => {
    for (const error of [new ApiError(403, ''), new ApiError(400, ''), new OfflineError('')]) {
      reports.decide.mockRejectedValue(error);
      await expect(decide(of(), 'hide', { reason: 'x' }, me)).rejects.toBe(error);
    }
  });
  it('stops a guest and the network they come from', async () => {
    accounts.suspend.mockResolvedValue({ by: 1 });
    expect(await decide(of({ account: account('GUEST') }), 'stopGuest', { reason: '도배' }, me)).toBe('done');
    expect(accounts.suspend).toHaveBeenCalledWith(7, { reason: '도배', stopAddress: true });
    expect(reports.decide).not.toHaveBeenCalled();
  });
});

it('stops who wrote what is not linked without learning who that is, and shows it again', async () => {
  texts.stop.mockResolvedValue({ by: 2 });
  expect(await decide(unlinked(), 'stopAuthor', { reason: '도배' }, me)).toBe('same');
  expect(texts.stop).toHaveBeenCalledWith({ kind: 'FEED', id: 5 }, '도배');
  await undoing(unlinked(), 'stopAuthor', '되돌림')!();
  expect(texts.restore).toHaveBeenCalledWith({ kind: 'FEED', id: 5 }, '되돌림');
});

it('what was hidden or suspended is taken back with a reason; the rest is not', async () => {
  await undoing(of(), 'hide', '되돌림')!();
  expect(texts.restore).toHaveBeenCalledWith({ kind: 'FEED', id: 5 }, '되돌림');
  await undoing(of({ targetType: 'COMMENT', targetId: 6 }), 'stopGuest', '되돌림')!();
  expect(accounts.lift).toHaveBeenCalledWith(7, '되돌림');
  for (const choice of ['leave', 'release', 'restore', 'keepHidden', 'follow'] as const) expect(undoing(of(), choice, '')).toBeNull();
  expect(undoing(of({ account: null }), 'suspend', '')).toBeNull();
});

it('the reason that most members gave comes first', () => {
  const reason = (name: string, memberCount: number, guestCount = 0) => ({ reason: name, memberCount, guestCount });
  expect(mainReason(of({ reasons: [reason('ABUSE', 1, 9), reason('SPAM', 2)] }))).toBe('SPAM');
  expect(mainReason(of())).toBeNull();
});
