import type { Role } from './api/types';

const rank: Record<Role, number> = { GUEST: 0, USER: 1, MODERATOR: 2, ADMIN: 3 };

type Somebody = { userId: number; userRole: Role };

/** Whether somebody moderates. */
export const moderates = (user: Somebody | null | undefined): boolean => !!user && rank[user.userRole] >= rank.MODERATOR;
export const isAdmin = (user: Somebody | null | undefined): boolean => user?.userRole === 'ADMIN';

/** Nobody acts on themselves, nor on who may do no less. */
export const mayActOn = (me: Somebody | null | undefined, other: Somebody): boolean =>
  !!me && moderates(me) && me.userId !== other.userId && rank[me.userRole] > rank[other.userRole];
