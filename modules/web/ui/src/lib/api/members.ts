import { api, ApiError, apiOnce, signIn as signInBy } from './client';
import type { AccountSettings, Offers, SignUp } from './types';

// What members do with their account: ways in, sessions, settings, and the way out.

export interface Identity {
  identityId: number;
  provider: string;
  name: string;
  linkedAt: string;
}
export interface WaysIn {
  identities: Identity[];
  email: string | null;
  passkeys: number;
}
export interface Device {
  sessionId: number | string;
  device: string | null;
  address: string | null;
  createdAt: string;
  lastUsedAt: string;
  current: boolean;
}
export interface ShownCode {
  handOverId: number;
  code: string;
  expiresAt: string;
}
/** How far the bringing of a session is; other words mean that it is over. */
export interface HandOverState {
  /** Of the code; the device that types it does not hear it. */
  handOverId?: number;
  state: string;
  device?: string | null;
  address?: string | null;
}
export type Leaving = 'CLOSE' | 'INACTIVE';

/** Whether the server has no such call, or not for this account: its part of the page is not shown then. */
export const absent = (error: unknown): boolean => error instanceof ApiError && [403, 404, 405].includes(error.status);

const orNull = <T>(asked: Promise<T>): Promise<T | null> =>
  asked.catch((error: unknown) => {
    if (absent(error)) return null;
    throw error;
  });

export const signIn = {
  offers: () => apiOnce<Offers>('/api/v1/sign-in-providers'),
  email: (email: string, keepPosts: boolean) =>
    apiOnce<{ expiresAt: string }>('/api/v1/sign-in/email', { method: 'POST', body: { email, keepPosts } }),
  code: (code: string) => signInBy<{ location: string }>('/api/v1/sign-in/email/code', { method: 'POST', body: { code } })
};

export const signUp = {
  get: () => orNull(apiOnce<SignUp>('/api/v1/sign-up')),
  finish: (terms: string, invitation: string) =>
    signInBy<unknown>('/api/v1/sign-up', {
      method: 'POST',
      body: { age14: true, terms, ...(invitation ? { invitation } : {}) }
    })
};

const identitiesPath = '/api/v1/users/me/identities';
export const ways = {
  get: () => orNull(api<WaysIn>(identitiesPath)),
  link: (provider: string) =>
    api<{ location: string }>(`${identitiesPath}/${encodeURIComponent(provider)}`, { method: 'POST' }),
  unlink: (id: number) => api<unknown>(`${identitiesPath}/${id}`, { method: 'DELETE' })
};

const sessionsPath = '/api/v1/sessions';
/** What has ended already is as good as ended now. */
const end = async (path: string): Promise<void> => {
  await api<unknown>(path, { method: 'DELETE' }).catch((error: unknown) => {
    if (!(error instanceof ApiError && error.status === 404)) throw error;
  });
};
export const devices = {
  list: async (): Promise<Device[] | null> => (await orNull(api<{ sessions: Device[] }>(sessionsPath)))?.sessions ?? null,
  end: (id: Device['sessionId']) => end(`${sessionsPath}/${encodeURIComponent(id)}`),
  endOthers: () => end(sessionsPath)
};

const handOverPath = `${sessionsPath}/hand-over`;
export const handOver = {
  show: () => api<ShownCode>(handOverPath, { method: 'POST' }),
  state: () => api<HandOverState>(handOverPath),
  confirm: (handOverId: number) => api<unknown>(`${handOverPath}/confirm`, { method: 'POST', body: { handOverId } }),
  cancel: () => end(handOverPath),
  claim: (code: string) => apiOnce<{ device?: string | null }>(`${handOverPath}/claim`, { method: 'POST', body: { code } }),
  claimed: () => apiOnce<HandOverState>(`${handOverPath}/claim`),
  finish: () => signInBy<unknown>(`${handOverPath}/claim/finish`, { method: 'POST' })
};

export const accountSettings = {
  get: () => orNull(api<AccountSettings>('/api/v1/users/me/settings')),
  change: (change: Partial<AccountSettings>) =>
    api<AccountSettings>('/api/v1/users/me/settings', { method: 'PATCH', body: change })
};

export const leave = {
  byMail: (kind: Leaving) =>
    api<unknown>(`/api/v1/users/account-${kind === 'CLOSE' ? 'close' : 'inactive'}/email-request`, { method: 'POST' }),
  now: (kind: Leaving) =>
    api<{ until?: string | null } | null>('/api/v1/users/me/leave', { method: 'POST', body: { kind } })
};
