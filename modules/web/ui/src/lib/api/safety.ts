import { pageSize, query, withSignal } from './calls';
import { api } from './client';
import type {
  Block,
  BlockPage,
  HiddenWords,
  ModerationAct,
  ModerationActPage,
  MutePage,
  NewObjection,
  NewReport
} from './types';

// Whom and what somebody does not want to see, what they report, and what moderators did to what they wrote.

export type Relation = 'blocks' | 'mutes';

const change = (path: string, method: 'PUT' | 'DELETE') => api<unknown>(path, { method });

export const relations = {
  set: (kind: Relation, user: number) => change(`/api/v1/${kind}/${user}`, 'PUT'),
  lift: (kind: Relation, user: number) => change(`/api/v1/${kind}/${user}`, 'DELETE'),
  page: async (kind: Relation, before: number, size = pageSize, signal?: AbortSignal): Promise<Block[]> => {
    const page = await api<Partial<BlockPage & MutePage>>(
      `/api/v1/${kind}?${query({ lastUserId: before, size })}`,
      withSignal(signal)
    );
    return page[kind] ?? [];
  },
  /** Whether it is so of one account: the list is in the order of ids. */
  has: async (kind: Relation, user: number): Promise<boolean> => {
    const [first] = await relations.page(kind, user + 1, 1);
    return first?.userId === user;
  }
};

export const keeping = {
  save: (post: number, saved: boolean) => change(`/api/v1/feeds/${post}/saved`, saved ? 'PUT' : 'DELETE'),
  hide: (post: number, hidden: boolean) => change(`/api/v1/feeds/${post}/hidden`, hidden ? 'PUT' : 'DELETE'),
  archive: (post: number, archived: boolean) => change(`/api/v1/feeds/${post}/archived`, archived ? 'PUT' : 'DELETE')
};

export const hiddenWords = {
  get: async (): Promise<string[]> => (await api<HiddenWords>('/api/v1/hidden-words')).words,
  put: (words: string[]) =>
    api<unknown>('/api/v1/hidden-words', { method: 'PUT', body: { words } satisfies HiddenWords })
};

export const report = (what: NewReport) => api<unknown>('/api/v1/reports', { method: 'POST', body: what });

export const acts = {
  page: async (before: number, size = pageSize, signal?: AbortSignal): Promise<ModerationAct[]> =>
    (await api<ModerationActPage>(`/api/v1/moderation/acts?${query({ lastActId: before, size })}`, withSignal(signal))).acts,
  object: (actId: number, text: string) =>
    api<ModerationAct>('/api/v1/moderation/objections', {
      method: 'POST',
      body: { actId, text } satisfies NewObjection
    })
};
