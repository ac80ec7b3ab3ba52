const firstPause = 3_000;
const longestPause = 5 * 60_000;

/**
 * Asks, and where it was not learned (nobody answered, or the server had too much to do) again after a while that
 * doubles, and as soon as the connection is back; `ask` says whether it is known now. Answers how to stop.
 */
export function untilKnown(ask: () => Promise<boolean>): () => void {
  let pause = firstPause;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let state: 'asking' | 'waiting' | 'over' = 'waiting';
  const stop = () => {
    state = 'over';
    clearTimeout(timer);
    removeEventListener('online', turn);
  };
  async function turn(): Promise<void> {
    if (state !== 'waiting') return;
    state = 'asking';
    clearTimeout(timer);
    const known = await ask().catch(() => false);
    if (state !== 'asking') return;
    if (known) return stop();
    state = 'waiting';
    timer = setTimeout(() => void turn(), pause);
    pause = Math.min(2 * pause, longestPause);
  }
  addEventListener('online', turn);
  void turn();
  return stop;
}
