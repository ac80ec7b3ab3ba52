import { ApiError } from './client';

/** Whether the server has no such call, or not for this account: its part of the page is not shown then. */
export const absent = (error: unknown): boolean => error instanceof ApiError && [403, 404, 405].includes(error.status);

/** Nothing where there is no such call. */
export const orNull = <T>(asked: Promise<T>): Promise<T | null> =>
  asked.catch((error: unknown) => {
    if (absent(error)) return null;
    throw error;
  });
