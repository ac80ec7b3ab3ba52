import { orNull } from './absent';
import { api, ApiError, apiOnce, signIn as signInBy } from './client';
import type {
  Network,
  Device,
  DeviceList,
  EmailCode,
  EmailLinkAsked,
  EmailLinkWish,
  HandOver,
  HandOverAsked,
  HandOverClaim,
  HandOverCode,
  HandOverReference,
  HandOverTyped,
  LeavingWish,
  Left,
  LinkingBegun,
  Location,
  Offers,
  SignUp,
  SignUpAnswers,
  WaysIn
} from './types';

// What members do with their account: ways in, sessions, settings, and the way out.

export const signIn = {
  offers: () => apiOnce<Offers>('/api/v1/sign-in-providers'),
  email: (email: string, keepPosts: boolean) =>
    apiOnce<EmailLinkAsked>('/api/v1/sign-in/email', { method: 'POST', body: { email, keepPosts } satisfies EmailLinkWish }),
  code: (code: string) =>
    signInBy<Location>('/api/v1/sign-in/email/code', { method: 'POST', body: { code } satisfies EmailCode })
};

export const signUp = {
  get: () => orNull(apiOnce<SignUp>('/api/v1/sign-up')),
  finish: (terms: string, invitation: string) =>
    signInBy<unknown>('/api/v1/sign-up', {
      method: 'POST',
      body: { age14: true, terms, ...(invitation ? { invitation } : {}) } satisfies SignUpAnswers
    })
};

const identitiesPath = '/api/v1/users/me/identities';
export const ways = {
  get: () => orNull(api<WaysIn>(identitiesPath)),
  link: (provider: string) =>
    api<LinkingBegun>(`${identitiesPath}/${encodeURIComponent(provider)}`, { method: 'POST' }),
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
  list: async (): Promise<Device[] | null> => (await orNull(api<DeviceList>(sessionsPath)))?.sessions ?? null,
  end: (id: number) => end(`${sessionsPath}/${id}`),
  endOthers: () => end(sessionsPath)
};

const handOverPath = `${sessionsPath}/hand-over`;
export const handOver = {
  show: () => api<HandOverCode>(handOverPath, { method: 'POST' }),
  state: () => api<HandOver>(handOverPath),
  confirm: (handOverId: number) =>
    api<unknown>(`${handOverPath}/confirm`, { method: 'POST', body: { handOverId } satisfies HandOverReference }),
  cancel: () => end(handOverPath),
  claim: (code: string) =>
    apiOnce<HandOverAsked>(`${handOverPath}/claim`, { method: 'POST', body: { code } satisfies HandOverTyped }),
  claimed: () => apiOnce<HandOverClaim>(`${handOverPath}/claim`),
  finish: () => signInBy<unknown>(`${handOverPath}/claim/finish`, { method: 'POST' })
};

/** What network this is. */
export const networkOf = () => apiOnce<Network>('/api/v1/network');

export type Leaving = LeavingWish['kind'];
export const leave = {
  byMail: (kind: Leaving) =>
    api<unknown>(`/api/v1/users/account-${kind === 'CLOSE' ? 'close' : 'inactive'}/email-request`, { method: 'POST' }),
  now: (kind: Leaving) =>
    api<Left>('/api/v1/users/me/leave', { method: 'POST', body: { kind } satisfies LeavingWish })
};
