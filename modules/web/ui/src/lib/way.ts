/** SvelteKit numbers the entries it makes in the browser's history; a replaced one keeps its number. */
function entry(): number {
  const state = history.state as Record<string, unknown> | null;
  return Number(state?.['sveltekit:history'] ?? 0);
}

let first = Infinity;

/** Here somebody came in: what lies before it is another's page, or none. */
export function cameIn(): void {
  first = entry();
}

/** Whether the browser's way back stays in this app. */
export const canGoBack = (): boolean => entry() > first;
