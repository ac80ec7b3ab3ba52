/** Said to the window when the server answers again that did not. */
export const answeredAgain = 'answered-again';

/** Half a minute: who only glances at another page has missed nothing. */
export const pause = 30_000;

/**
 * Calls `act` when somebody looks again at a page that was out of sight, but not more often than each `pause`, and when the
 * server answers again that did not.
 */
export function onLookAgain(act: () => void): () => void {
  let last = -Infinity;
  const look = () => {
    if (document.visibilityState !== 'visible' || Date.now() - last < pause) return;
    last = Date.now();
    act();
  };
  document.addEventListener('visibilitychange', look);
  addEventListener(answeredAgain, act);
  return () => {
    document.removeEventListener('visibilitychange', look);
    removeEventListener(answeredAgain, act);
  };
}

/** Whether somebody reads further down, where nothing may move. */
export const readsOn = (): boolean => scrollY > 0;
