import { api, ApiError } from './client';
import { pageSize } from './calls';
import type {
  AuditEntry,
  AuditPage,
  ModerationReason,
  ModerationRules,
  NewDecision,
  NewWalkDecision,
  NodeStatus,
  ReportCaseInFull,
  ReportCasePage,
  StandingAct,
  Suspension,
  WalkReport,
  WalkReportPage
} from './types';

// What moderators and admins call.

const admin = '/api/v1/admin';

/** What members reported and what waits, what guests alone reported, and what was decided. */
export type Shelf = 'members' | 'guests' | 'closed';

/** A post or a comment: what is hidden and shown again. */
export interface TextTarget {
  kind: 'FEED' | 'COMMENT';
  id: number;
}

/** Whether it was written so that nobody is told by whom; left out where it was not. */
export const isUnlinked = (text: { unlinked?: boolean } | object | null): boolean =>
  text !== null && 'unlinked' in text && text.unlinked === true;

const post = <T>(path: string, body: unknown): Promise<T> => api<T>(`${admin}${path}`, { method: 'POST', body });
const pathOf = ({ kind, id }: TextTarget) => `/${kind === 'FEED' ? 'feeds' : 'comments'}/${id}`;

export const reports = {
  page: (shelf: Shelf, before: number, size = pageSize, signal?: AbortSignal) =>
    api<ReportCasePage>(
      `${admin}/reports?${shelf === 'closed' ? 'state=closed' : `by=${shelf}`}&lastReportId=${before}&size=${size}`,
      signal ? { signal } : {}
    ),
  get: (id: number) => api<ReportCaseInFull>(`${admin}/reports/${id}`),
  decide: (id: number, decision: NewDecision) => post<ReportCaseInFull>(`/reports/${id}`, decision)
};

/** What walkers reported; nothing where the server knows no walk. */
export const walkReports = {
  page: (state: 'open' | 'closed', before: number, size = pageSize, signal?: AbortSignal): Promise<WalkReportPage | null> =>
    api<WalkReportPage>(
      `${admin}/walk/reports?state=${state}&lastReportId=${before}&size=${size}`,
      signal ? { signal } : {}
    ).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 404) return null;
      throw error;
    }),
  decide: (id: number, decision: NewWalkDecision) => post<WalkReport>(`/walk/reports/${id}`, decision)
};

export const texts = {
  hide: (target: TextTarget, reason: string) =>
    post<StandingAct>(`${pathOf(target)}/hide`, { reason } satisfies ModerationReason),
  restore: (target: TextTarget, reason: string) =>
    post<StandingAct>(`${pathOf(target)}/restore`, { reason } satisfies ModerationReason),
  /** Hides an unlinked one and keeps its author from writing for a day, without saying who that is. */
  stop: (target: TextTarget, reason: string) =>
    post<StandingAct>(`${pathOf(target)}/stop`, { reason } satisfies ModerationReason),
  /** Who wrote an unlinked one; null: nobody knows any more. Each look is written down. */
  author: (target: TextTarget, reason: string) =>
    post<{ userId: number | null }>(`${pathOf(target)}/author`, { reason } satisfies ModerationReason)
};

export const accounts = {
  suspend: (user: number, suspension: Suspension) => post<StandingAct>(`/users/${user}/suspend`, suspension),
  lift: (user: number, reason: string) =>
    post<StandingAct>(`/users/${user}/lift`, { reason } satisfies ModerationReason)
};

export const rules = {
  get: () => api<ModerationRules>(`${admin}/rules`),
  set: (wanted: ModerationRules) => api<ModerationRules>(`${admin}/rules`, { method: 'PUT', body: wanted })
};

export const audit = {
  page: async (before: number, signal: AbortSignal): Promise<AuditEntry[]> =>
    (await api<AuditPage>(`${admin}/audit?lastEntryId=${before}&size=${pageSize}`, { signal })).entries
};

export const node = {
  status: (signal: AbortSignal) => api<NodeStatus>(`${admin}/status`, { signal })
};
