import type { Post } from './api/types';

/** What was saved here, or taken off what is saved: else only the list of saved posts says it. */
let known = $state<Record<number, boolean>>({});

export const isSaved = ({ feedId, savedId }: Post): boolean => known[feedId] ?? savedId !== undefined;
export const noteSaved = (feedId: number, saved: boolean): void => void (known[feedId] = saved);
export const forgetSaved = (): void => void (known = {});
