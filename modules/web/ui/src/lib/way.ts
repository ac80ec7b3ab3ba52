/** SvelteKit numbers the entries it makes in the browser's history; a replaced one keeps its number. */
function entry(): number {
  const state = history.state as Record<string, unknown> | null;
  return Number(state?.['sveltekit:history'] ?? 0);
}

const kept = 'came-in';
let first = Infinity;

/** Whether this tab has come here by a link or an address, and not by a reload or along its own history. */
function anew(): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return navigation?.type !== 'reload' && navigation?.type !== 'back_forward';
}

/** Here somebody came in: what lies before it is another's page, or none. After a reload it is where it was. */
export function cameIn(): void {
  try {
    const before = Number(sessionStorage.getItem(kept) ?? NaN);
    first = anew() || Number.isNaN(before) ? entry() : before;
    sessionStorage.setItem(kept, String(first));
  } catch {
    first = entry();
  }
}

/** Whether the browser's way back stays in this app. */
export const canGoBack = (): boolean => entry() > first;

/** The screens before an account: without the frame, and nobody is sent to sign-in from them. */
export const bare = (path: string): boolean => path === '/login' || path === '/welcome';
