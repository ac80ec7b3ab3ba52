import { accounts, texts, type TextTarget } from '../api/moderation';
import { notices } from '../notices.svelte';
import { handleFailure } from '../act';
import { ask } from './ask';
import { toHide, toLift, toRestore, toStop, toSuspend } from './questions';
import { w } from './words';

// What moderators do outside of the queue: on an entry, on a profile, on what is in a list of theirs.

/** Does it again the other way round; what fails is said, and can be tried again. */
async function takeBack(undo: () => Promise<unknown>, undone: () => void): Promise<void> {
  try {
    await undo();
    undone();
    notices.say(w().undone);
  } catch (error) {
    handleFailure(error, { undone: w().notUndone, retry: () => void takeBack(undo, undone) });
  }
}

/** `hidden` takes it out of sight, and answers how to put it back. */
export function hideText(target: TextTarget, hidden: () => () => void): void {
  ask({
    ...toHide(target.kind),
    send: async ({ reason }) => {
      await texts.hide(target, reason);
      const putBack = hidden();
      notices.done(w().done.hidden, () => void takeBack(() => texts.restore(target, w().undoReason), putBack));
    }
  });
}

/** Hides an unlinked text and stops who wrote it; to show it again ends the stop, too. */
export function stopAuthor(target: TextTarget, hidden: () => () => void): void {
  ask({
    ...toStop(),
    send: async ({ reason }) => {
      await texts.stop(target, reason);
      const putBack = hidden();
      notices.done(w().done.stoppedAuthor, () => void takeBack(() => texts.restore(target, w().undoReason), putBack));
    }
  });
}

export function restoreText(target: TextTarget, restored: () => void): void {
  ask({
    ...toRestore(target.kind),
    send: async ({ reason }) => {
      await texts.restore(target, reason);
      restored();
      notices.say(w().done.shown);
    }
  });
}

/** `suspended` shows that it is so, and answers how to show that it is not any more. */
export function suspendAccount(user: number, suspended: () => () => void): void {
  ask({
    ...toSuspend(),
    send: async ({ reason, until }) => {
      await accounts.suspend(user, { reason, ...(until && { until }) });
      const lifted = suspended();
      notices.done(w().done.suspended, () => void takeBack(() => accounts.lift(user, w().undoReason), lifted));
    }
  });
}

export function liftAccount(user: number, lifted: () => void): void {
  ask({
    ...toLift(),
    send: async ({ reason }) => {
      await accounts.lift(user, reason);
      lifted();
      notices.say(w().done.lifted);
    }
  });
}
