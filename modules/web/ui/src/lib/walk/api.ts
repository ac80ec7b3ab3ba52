import { query } from '$lib/api/calls';
import { ApiError, api, apiOnce } from '$lib/api/client';
import { walking } from './client';
import type {
  Board,
  Days,
  Friend,
  FriendGoal,
  Goal,
  GoalChoice,
  Group,
  Member,
  NewUpdate,
  NewWalkReport,
  Notice,
  OwnWalker,
  Percentile,
  Period,
  Recorded,
  Related,
  Span,
  Statistics,
  Streak,
  WalkDevice,
  WalkerSettings,
  WalkerSettingsChange,
  Why
} from './types';

// What walkers do. Nothing in these answers is of the account, but for the ticket that begins it.

const enc = encodeURIComponent;

/** Of a node that does not walk, and of what has gone meanwhile. */
export const missing = (error: unknown): boolean => error instanceof ApiError && error.status === 404;

/** What has ended already is as good as ended now. */
const end = (path: string): Promise<void> =>
  walking<unknown>(path, { method: 'DELETE' }).then(
    () => {},
    (error: unknown) => {
      if (!missing(error)) throw error;
    }
  );

const mePath = '/api/v1/walkers/me';
export const me = {
  get: () => walking<OwnWalker>(mePath),
  change: (change: { nickname?: string; sharesSteps?: boolean; offsetMinutes?: number }) =>
    walking<OwnWalker>(mePath, { method: 'PATCH', body: change }),
  /** A member's walker: the one that there is, or else a new one. */
  begin: async (): Promise<OwnWalker> => {
    const { ticket } = await api<{ ticket: string }>('/api/v1/users/me/walker-ticket', { method: 'POST' });
    const begun = await apiOnce<{ walker: OwnWalker }>('/api/v1/walkers/session', {
      method: 'POST',
      body: { ticket, cookies: true }
    });
    return begun.walker;
  },
  signOut: () => walking<unknown>('/api/v1/walkers/logout', { method: 'POST' }),
  leave: () => walking<unknown>(mePath, { method: 'DELETE' }),
  export: () => walking<unknown>('/api/v1/walkers/export')
};

const sessionsPath = '/api/v1/walkers/sessions';
export const devices = {
  list: async () => (await walking<{ sessions: WalkDevice[] }>(sessionsPath)).sessions,
  end: (id: number) => end(`${sessionsPath}/${id}`),
  endOthers: () => end(sessionsPath)
};

export const settings = {
  get: () => walking<WalkerSettings>('/api/v1/walkers/settings'),
  change: (change: WalkerSettingsChange) =>
    walking<WalkerSettings>('/api/v1/walkers/settings', { method: 'PATCH', body: change })
};

export const notices = {
  page: (before: number, size: number) =>
    walking<{ notifications: Notice[]; unreadCount: number }>(
      `/api/v1/walkers/notifications?${query({ lastNotificationId: before, size })}`
    ),
  read: (upTo: number) => walking<unknown>('/api/v1/walkers/notifications/read', { method: 'POST', body: { upTo } })
};

export const boards = {
  friends: (period: Period) => walking<Board>(`/api/v1/boards/friends?period=${period}`),
  group: (id: string, period: Period) => walking<Board>(`/api/v1/boards/groups/${enc(id)}?period=${period}`),
  percentile: () => walking<Percentile>('/api/v1/boards/percentile'),
  beCompared: (optIn: boolean) => walking<Percentile>('/api/v1/boards/percentile', { method: 'PUT', body: { optIn } })
};

export const steps = {
  record: (day: string, update: Omit<NewUpdate, 'day'>) =>
    walking<Recorded>(`/api/v1/steps/${day}`, { method: 'PUT', body: update }),
  /** More than a browser sends while it leaves a page, so it ends with it. */
  batch: (updates: NewUpdate[], signal?: AbortSignal) =>
    walking<unknown>('/api/v1/steps', {
      method: 'POST',
      body: { updates },
      keepalive: false,
      ...(signal ? { signal } : {})
    }),
  /** At most 400 days. */
  days: (from: string, to: string) => walking<Days>(`/api/v1/steps?${query({ from, to })}`),
  /** Of a day of which nothing was told: nothing. */
  why: (day: string): Promise<Why | null> =>
    walking<Why>(`/api/v1/steps/${day}/why`).catch((error: unknown) => {
      if (missing(error)) return null;
      throw error;
    }),
  statistics: (period: Span, day?: string) => walking<Statistics>(`/api/v1/steps/statistics?${query({ period, day })}`),
  /** It counts again when the device tells of that day anew. */
  takeBack: (day: string, device: string) => end(`/api/v1/steps/${day}/devices/${enc(device)}`)
};

/** A list to its end: what it has is bounded. */
async function all<T extends Friend>(path: string, name: string): Promise<T[]> {
  const found: T[] = [];
  for (;;) {
    const last = found.at(-1)?.walkerId;
    const join = path.includes('?') ? '&' : '?';
    const answer = await walking<Record<string, T[]>>(`${path}${join}${query({ lastWalkerId: last, size: 50 })}`);
    const page = answer[name] ?? [];
    found.push(...page);
    if (page.length < 50) return found;
  }
}

const friendsPath = '/api/v1/friends';
export const friends = {
  /** Nobody: nothing. */
  search: (nickname: string): Promise<Related | null> =>
    walking<Related>(`${friendsPath}/search?${query({ nickname })}`).catch((error: unknown) => {
      if (missing(error)) return null;
      throw error;
    }),
  list: () => all<Friend>(friendsPath, 'friends'),
  requests: (direction: 'in' | 'out') => all<Friend>(`${friendsPath}/requests?direction=${direction}`, 'requests'),
  blocks: () => all<Friend>(`${friendsPath}/blocks`, 'blocks'),
  ask: (whom: { walkerId: string } | { link: string }) =>
    walking<Related>(`${friendsPath}/requests`, { method: 'POST', body: whom }),
  accept: (id: string) => walking<unknown>(`${friendsPath}/requests/${id}`, { method: 'PUT' }),
  decline: (id: string) => end(`${friendsPath}/requests/${id}`),
  remove: (id: string) => end(`${friendsPath}/${id}`),
  block: (id: string) => walking<unknown>(`${friendsPath}/blocks/${id}`, { method: 'PUT' }),
  unblock: (id: string) => end(`${friendsPath}/blocks/${id}`),
  link: () => walking<{ link: string }>(`${friendsPath}/link`, { method: 'POST' }),
  endLinks: () => end(`${friendsPath}/link`),
  cheer: (id: string) => walking<unknown>(`${friendsPath}/${id}/cheer`, { method: 'POST' })
};

const groupsPath = '/api/v1/groups';
const groupPath = (id: string): string => `${groupsPath}/${enc(id)}`;
export const groups = {
  list: async () => (await walking<{ groups: Group[] }>(groupsPath)).groups,
  make: (name: string) => walking<Group>(groupsPath, { method: 'POST', body: { name } }),
  rename: (id: string, name: string) => walking<Group>(groupPath(id), { method: 'PATCH', body: { name } }),
  /** For everybody. */
  close: (id: string) => end(groupPath(id)),
  members: async (id: string) => (await walking<{ members: Member[] }>(`${groupPath(id)}/members`)).members,
  leave: (id: string) => end(`${groupPath(id)}/members/me`),
  removeMember: (id: string, walkerId: string) => end(`${groupPath(id)}/members/${walkerId}`),
  invite: (id: string) => walking<{ link: string }>(`${groupPath(id)}/links`, { method: 'POST', body: {} }),
  endInvitations: (id: string) => end(`${groupPath(id)}/links`),
  join: (link: string) => walking<Group>(`${groupsPath}/join`, { method: 'POST', body: { link } })
};

/** A nickname, a group's name or a cheer, to who moderates; of a cheer whoever sent it. */
export const report = (what: NewWalkReport) => walking<unknown>('/api/v1/walkers/reports', { method: 'POST', body: what });

export const goals = {
  get: () => walking<Goal>('/api/v1/goals'),
  put: (choice: Partial<GoalChoice>) => walking<Goal>('/api/v1/goals', { method: 'PUT', body: choice }),
  streak: () => walking<Streak>('/api/v1/goals/streak'),
  friends: () => all<FriendGoal>('/api/v1/goals/friends', 'goals')
};
