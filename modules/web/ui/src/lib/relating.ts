import { handleFailure } from './act';
import { keeping, relations, type Relation } from './api/safety';
import type { Post } from './api/types';
import { t } from './i18n.svelte';
import { change } from './known';
import { notices } from './notices.svelte';
import { notifications } from './notifications.svelte';
import { forgetFeed, takeAuthor, takeOffered } from './places.svelte';
import { noteSaved } from './saved.svelte';
import { s } from './words.safety';

// What somebody does about a post or its author. Each is seen at once; what fails is as it was, and what is done can be
// taken back for a while.

interface Done {
  said: string;
  act: () => Promise<unknown>;
  undo: () => Promise<unknown>;
  /** Shows it here; answers how it is shown as it was. */
  show: () => () => void;
}

async function does({ said, act, undo, show }: Done): Promise<boolean> {
  const asBefore = show();
  try {
    await act();
    notices.done(said, () => void takeBack(undo, asBefore));
    return true;
  } catch (error) {
    asBefore();
    handleFailure(error, { undone: t().notChanged });
    return false;
  }
}

async function takeBack(undo: () => Promise<unknown>, asBefore: () => void): Promise<void> {
  try {
    await undo();
    asBefore();
    notices.say(s().takenBack);
  } catch (error) {
    handleFailure(error, { undone: t().notChanged, retry: () => void takeBack(undo, asBefore) });
  }
}

/** What else is seen to change, and how it is as it was. */
type Also = () => () => void;
const nothing: Also = () => () => {};

function relates(kind: Relation, userId: number, said: string, also: Also): Promise<boolean> {
  const call = async (change: typeof relations.set) => {
    await change(kind, userId);
    if (kind === 'mutes') return;
    // What the one told the other is gone.
    notifications.begin();
    void notifications.ask();
  };
  return does({
    said,
    act: () => call(relations.set),
    undo: () => call(relations.lift),
    show() {
      const putBack = takeAuthor(userId, kind === 'blocks');
      const back = also();
      return () => {
        putBack();
        back();
      };
    }
  });
}

/** Neither sees anything of the other. */
export const block = (userId: number, also = nothing): Promise<boolean> => relates('blocks', userId, s().blocked, also);
export const mute = (userId: number, also = nothing): Promise<boolean> => relates('mutes', userId, s().muted, also);

export async function unmute(userId: number, also = nothing): Promise<void> {
  const asBefore = also();
  try {
    await relations.lift('mutes', userId);
    forgetFeed();
    notices.say(s().unmuted);
  } catch (error) {
    asBefore();
    handleFailure(error, { undone: t().notChanged });
  }
}

export const hide = (feedId: number): Promise<boolean> =>
  does({
    said: s().hidden,
    act: () => keeping.hide(feedId, true),
    undo: () => keeping.hide(feedId, false),
    show: () => takeOffered(feedId)
  });

export const save = (feedId: number, saved: boolean): Promise<boolean> =>
  does({
    said: saved ? s().kept : s().unkept,
    act: () => keeping.save(feedId, saved),
    undo: () => keeping.save(feedId, !saved),
    show() {
      noteSaved(feedId, saved);
      return () => noteSaved(feedId, !saved);
    }
  });

export function archive(post: Post, archived: boolean): Promise<boolean> {
  const before = post.withheld ?? [];
  const others = before.filter((why) => why !== 'ARCHIVED');
  const set = (withheld: typeof before) => void (post.withheld = withheld);
  const call = (wanted: boolean) => change([post], () => keeping.archive(post.feedId, wanted));
  return does({
    said: archived ? s().archived : s().unarchived,
    act: () => call(archived),
    undo: () => call(!archived),
    show() {
      set(archived ? ['ARCHIVED', ...others] : others);
      return () => set(before);
    }
  });
}
