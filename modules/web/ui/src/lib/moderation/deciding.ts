import { accounts, isUnlinked, reports, texts, type TextTarget } from '../api/moderation';
import { ApiError } from '../api/client';
import type { NewDecision, ReportCase, Role } from '../api/types';
import { mayActOn } from '../roles';

/** Who decides. */
export interface Me {
  userId: number;
  userRole: Role;
}

/** Why somebody else has to decide; null: nobody. */
export type WhyNot = 'own' | 'ownAct' | 'notBelow' | 'notBelowAdmin';

export function whyNot({ account, objectionTo }: ReportCase, me: Me): WhyNot | null {
  if (account?.userId === me.userId) return 'own';
  if (objectionTo?.by === me.userId) return 'ownAct';
  if (!account || mayActOn(me, account)) return null;
  return account.userRole === 'ADMIN' ? 'notBelowAdmin' : 'notBelow';
}

/** `refuse` and `follow` are about the objection to a suspension, which may have ended meanwhile. */
export type Choice =
  | ('hide' | 'keepHidden' | 'leave' | 'release' | 'restore')
  | ('refuse' | 'follow')
  | ('suspend' | 'stopGuest' | 'stopAuthor');

/** What can be decided on a case, in the order in which it is offered. */
export function choices({ targetType, text, account, objectionTo }: ReportCase): Choice[] {
  if (targetType === 'USER' && objectionTo) return ['refuse', 'follow'];
  const open: Choice[] =
    targetType === 'USER' || !text || text.state === 'DELETED'
      ? ['leave']
      : text.state === 'HIDDEN'
        ? ['keepHidden', 'restore']
        : ['hide', text.state === 'WAITING' ? 'release' : 'leave'];
  if (isUnlinked(text)) return text!.state === 'DELETED' ? open : [...open, 'stopAuthor'];
  if (!account || account.status === 'SUSPENDED') return open;
  return [...open, 'suspend', ...(account.userRole === 'GUEST' ? (['stopGuest'] as const) : [])];
}

/** What each comes to for the server. */
const decisions: Record<Exclude<Choice, 'stopGuest' | 'stopAuthor'>, NewDecision['decision']> = {
  hide: 'HIDE',
  keepHidden: 'HIDE',
  refuse: 'HIDE',
  leave: 'DISMISS',
  release: 'DISMISS',
  restore: 'DISMISS',
  follow: 'DISMISS',
  suspend: 'SUSPEND'
};

export interface Because {
  reason?: string;
  /** The day on which a suspension ends; null: none. */
  until?: string | null;
}

/**
 * What came of it: it was done; another moderator was quicker, with the same or with another decision; its author was; or
 * there is no such case any more. Each of them ends the case.
 */
export type Outcome = 'done' | 'same' | 'otherwise' | 'gone' | 'missing';

export async function decide(of: ReportCase, choice: Choice, because: Because, me: Me): Promise<Outcome> {
  const { reason = '', until = null } = because;
  try {
    if (choice === 'stopGuest') {
      const { by } = await accounts.suspend(of.account!.userId, { reason, stopAddress: true });
      return by === me.userId ? 'done' : 'same';
    }
    if (choice === 'stopAuthor') {
      const { by } = await texts.stop(textOf(of)!, reason);
      return by === me.userId ? 'done' : 'same';
    }
    const wanted: NewDecision = { decision: decisions[choice], ...(reason && { reason }), ...(until && { until }) };
    const { decision: made } = await reports.decide(of.reportId, wanted);
    if (made?.decision === 'GONE') return 'gone';
    return made?.by === me.userId ? 'done' : 'same';
  } catch (error) {
    if (error instanceof ApiError && error.status === 409) return 'otherwise';
    if (error instanceof ApiError && error.status === 404) return 'missing';
    throw error;
  }
}

/** The post or comment that a case is about. */
export const textOf = ({ targetType, targetId }: ReportCase): TextTarget | null =>
  targetType === 'USER' ? null : { kind: targetType, id: targetId };

/** What takes back what was decided, where that can be; whom it concerns is told the reason. */
export function undoing(of: ReportCase, choice: Choice, reason: string): (() => Promise<unknown>) | null {
  const text = textOf(of);
  const user = of.account?.userId;
  // To show it again ends the stop, too.
  if ((choice === 'hide' || choice === 'stopAuthor') && text) return () => texts.restore(text, reason);
  if ((choice === 'suspend' || choice === 'stopGuest') && user) return () => accounts.lift(user, reason);
  return null;
}

/** What most people reported it for, members' word first; nothing where nobody did. */
export function mainReason({ reasons }: ReportCase) {
  return [...reasons].sort((a, b) => b.memberCount - a.memberCount || b.guestCount - a.guestCount)[0]?.reason ?? null;
}
