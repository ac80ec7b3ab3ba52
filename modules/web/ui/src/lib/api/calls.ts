import type { CommentOrder } from '../settings.svelte';
import { api, ApiError, asOld, keptAt, signIn, type Call } from './client';
import type {
  AssetHistory,
  Comment,
  CommentEdit,
  CommentPage,
  Direction,
  FoundPage,
  Interval,
  LikeState,
  NewComment,
  NotificationPage,
  NotificationsRead,
  Post,
  PostEdit,
  PostPage,
  Text,
  User
} from './types';

export const pageSize = 20;

/** What was read, where it says itself how it goes on: below `next`, however short it is; null: not at all. */
export interface Piece<T> {
  entries: T[];
  /** Left out: below a page as long as was asked for there may be more. */
  next?: number | null | undefined;
  /** When that was said, where there was no answer just now. */
  at?: number | undefined;
}

export function query(values: Record<string, string | number | null | undefined>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined) parameters.set(name, String(value));
  }
  return parameters.toString();
}

/** Deletes. What another tab or device has deleted before (the server says 400 or 404) is as good as deleted now. */
async function remove(path: string): Promise<void> {
  try {
    await api<unknown>(path, { method: 'DELETE' });
  } catch (error) {
    if (!(error instanceof ApiError && (error.status === 400 || error.status === 404))) throw error;
  }
}

export const session = {
  guest: () => signIn<null>('/api/guest', { method: 'POST' }),
  me: (signal?: AbortSignal) => api<User>('/api/v1/users/me', withSignal(signal)),
  signOut: () => api<null>('/api/logout', { method: 'POST' })
};

export const users = {
  get: (id: number) => api<User>(`/api/v1/users/${id}`),
  history: (id: number, from: string, to: string, interval: Interval, signal?: AbortSignal) =>
    api<AssetHistory>(`/api/v1/users/${id}/asset-histories?${query({ from, to, interval })}`, withSignal(signal))
};

/** Left out, it follows as whom one speaks there already. */
const wished = (unlinked: boolean): { unlinked?: true } => (unlinked ? { unlinked: true } : {});

/** What is left out where it is not so is said, so that what was known before does not stay. */
const whole = <T extends Post | Comment>(read: T): T => asOld({ withheld: [], ...read }, read);

/** What one does not want to see is looked at, too: a page may be short, or empty, and go on. */
export async function pageOfPosts(path: string, signal?: AbortSignal): Promise<Piece<Post>> {
  const page = await api<PostPage>(path, withSignal(signal));
  return { entries: page.feeds.map(whole), next: page.nextLastFeedId, at: keptAt(page) };
}
export async function pageOfComments(path: string, signal?: AbortSignal): Promise<Piece<Comment>> {
  const page = await api<CommentPage>(path, withSignal(signal));
  return { entries: page.comments.map(whole), next: page.nextLastCommentId, at: keptAt(page) };
}

export const posts = {
  page: (before: number, signal?: AbortSignal) =>
    pageOfPosts(`/api/v1/feeds?${query({ lastFeedId: before, size: pageSize })}`, signal),
  popular: async (last: number, signal?: AbortSignal): Promise<Piece<Post>> => {
    const { feeds, nextFeedId } = await api<FoundPage>(
      `/api/v1/feeds/popular?${query({ lastFeedId: last, size: pageSize })}`,
      withSignal(signal)
    );
    return { entries: feeds.map(whole), next: nextFeedId };
  },
  pageOf: (author: number, type: Direction | null, before: number, signal?: AbortSignal) =>
    pageOfPosts(`/api/v1/feeds/profile?${query({ userId: author, lastFeedId: before, size: pageSize, type })}`, signal),
  get: async (id: number): Promise<Post> => whole(await api<Post>(`/api/v1/feeds/${id}`)),
  create: (account: number, content: string, idempotencyKey: string, unlinked = false) =>
    api<Post>('/api/v1/feeds', { method: 'POST', body: { content, ...wished(unlinked) } satisfies Text, idempotencyKey, account }),
  edit: (id: number, content: string) =>
    api<PostEdit>(`/api/v1/feeds/${id}`, { method: 'PATCH', body: { content } satisfies Text }),
  remove: (id: number) => remove(`/api/v1/feeds/${id}`),
  like: (id: number, liked: boolean) => api<LikeState>(`/api/v1/feedLikes/${id}`, { method: liked ? 'PUT' : 'DELETE' })
};

export const comments = {
  page: (post: number, parent: number | null, order: CommentOrder, last: number, signal?: AbortSignal) =>
    pageOfComments(
      `/api/v1/comments/${post}?${query({ lastCommentId: last, size: pageSize, order, ...(parent === null ? { view: 'threads' } : { parentCommentId: parent }) })}`,
      signal
    ),
  /** For who has no account: those of the top level, as many as they may read. */
  first: async (post: number): Promise<Comment[]> =>
    (await api<CommentPage>(`/api/v1/comments/${post}?${query({ size: pageSize, order: 'oldest', view: 'threads' })}`)).comments,
  /** One of a post's, wherever it stands; nothing when it is not there any more. */
  find: async (post: number, id: number): Promise<Comment | null> => {
    const page = await api<CommentPage>(`/api/v1/comments/${post}?${query({ lastCommentId: id + 1, size: 1 })}`);
    return page.comments.find(({ commentId }) => commentId === id) ?? null;
  },
  create: (account: number, post: number, parent: number | null, content: string, idempotencyKey: string, unlinked = false) =>
    api<Comment>('/api/v1/comments', {
      method: 'POST',
      body: {
        feedId: post,
        content,
        ...(parent === null ? {} : { parentCommentId: parent }),
        ...wished(unlinked)
      } satisfies NewComment,
      idempotencyKey,
      account
    }),
  edit: (id: number, content: string) =>
    api<CommentEdit>(`/api/v1/comments/${id}`, { method: 'PATCH', body: { content } satisfies Text }),
  remove: (id: number) => remove(`/api/v1/comments/${id}`),
  like: (id: number, liked: boolean) =>
    api<LikeState>(`/api/v1/commentLikes/${id}`, { method: liked ? 'PUT' : 'DELETE' })
};

export const notifications = {
  page: (before: number, size: number, signal?: AbortSignal) =>
    api<NotificationPage>(`/api/v1/notifications?${query({ lastNotificationId: before, size })}`, withSignal(signal)),
  read: (upTo: number) => api<NotificationsRead>('/api/v1/notifications/read', { method: 'POST', body: { upTo } })
};

export function withSignal(signal: AbortSignal | undefined): Call {
  return signal ? { signal } : {};
}
