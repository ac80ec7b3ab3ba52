import { passes } from './api/client';

/** Soon enough for who holds both devices, and not often. */
const pace = 2_000;

/**
 * Asks again and again until `ask` says that it is enough, or fails for good; what may pass by itself does not end it.
 * Answers how to stop.
 */
export function keepAsking(ask: () => Promise<boolean>, failed: (error: unknown) => void): () => void {
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const turn = async () => {
    try {
      if (await ask()) return;
    } catch (error) {
      if (!passes(error)) {
        if (!stopped) failed(error);
        return;
      }
    }
    if (!stopped) timer = setTimeout(() => void turn(), pace);
  };
  timer = setTimeout(() => void turn(), pace);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
