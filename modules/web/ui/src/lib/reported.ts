import type { ModerationTarget } from './api/types';

/** What was reported in this visit: the server takes a second report like the first. */
const known = new Set<string>();

export const wasReported = (kind: ModerationTarget, id: number): boolean => known.has(`${kind} ${id}`);
export const noteReported = (kind: ModerationTarget, id: number): void => void known.add(`${kind} ${id}`);
