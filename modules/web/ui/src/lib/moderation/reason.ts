/** Longest reason of an act, in code points, as the server counts them. */
export const reasonLimit = 200;
