/** What was reported in this visit, by its kind and id: the server takes a second report like the first. */
const known = new Set<string>();

export const wasReported = (kind: string, id: number | string): boolean => known.has(`${kind} ${id}`);
export const noteReported = (kind: string, id: number | string): void => void known.add(`${kind} ${id}`);
