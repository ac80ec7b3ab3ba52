import type { LikeState } from './api/types';
import { change } from './known';

/** What is on its way, by entry: an entry may be shown in several places, one after the other. */
const wishes = new WeakMap<object, { wanted: boolean }>();

/**
 * Likes an entry, or takes that back: shown at once. Taps while one is under way are settled by one more call, so that
 * the last tap wins. When it fails, what the server last said is shown, and who asked for it is told what was missed.
 */
export async function like(
  entry: LikeState,
  target: boolean,
  send: (liked: boolean) => Promise<LikeState>,
  onmissed: (error: unknown, missed: boolean) => void
): Promise<void> {
  if (target === entry.isLiked) return;
  let settled: LikeState = { isLiked: entry.isLiked, likeCount: entry.likeCount };
  Object.assign(entry, { isLiked: target, likeCount: entry.likeCount + (target ? 1 : -1) });
  const underWay = wishes.get(entry);
  if (underWay) {
    underWay.wanted = target;
    return;
  }
  const wish = { wanted: target };
  wishes.set(entry, wish);
  try {
    await change([entry], async () => {
      try {
        for (let asked: boolean | null = null; asked !== wish.wanted; ) {
          asked = wish.wanted;
          const { isLiked, likeCount } = await send(asked);
          settled = { isLiked, likeCount };
        }
      } finally {
        wishes.delete(entry);
        Object.assign(entry, settled);
      }
    });
  } catch (error) {
    onmissed(error, wish.wanted);
  }
}
