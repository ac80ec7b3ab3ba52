import { describe, expect, it, vi } from 'vitest';

import { update, tick } from './known';
import { like } from './likes';

interface Call {
  liked: boolean;
  answer: (likeCount: number) => void;
  fail: (error: unknown) => void;
}

/** An entry, and calls that are answered by hand. */
function world(isLiked = false, likeCount = 3) {
  const entry = { isLiked, likeCount };
  const calls: Call[] = [];
  const missed = vi.fn();
  const send = (liked: boolean) =>
    new Promise<{ isLiked: boolean; likeCount: number }>((resolve, reject) =>
      calls.push({ liked, answer: (count) => resolve({ isLiked: liked, likeCount: count }), fail: reject })
    );
  return { entry, calls, missed, want: (target: boolean) => like(entry, target, send, missed) };
}
const turn = () => new Promise((done) => setTimeout(done));

describe('like', () => {
  it('is shown at once, and then as the server counts', async () => {
    const { entry, calls, want } = world();
    const done = want(true);
    expect(entry).toEqual({ isLiked: true, likeCount: 4 });
    calls[0]!.answer(9);
    await done;
    expect(entry).toEqual({ isLiked: true, likeCount: 9 });
  });
  it('is taken back likewise', async () => {
    const { entry, calls, want } = world(true, 3);
    const done = want(false);
    expect(entry).toEqual({ isLiked: false, likeCount: 2 });
    calls[0]!.answer(2);
    await done;
    expect(calls.map(({ liked }) => liked)).toEqual([false]);
  });
  it('wants nothing that is so already', async () => {
    const { calls, want } = world(true);
    await want(true);
    expect(calls).toHaveLength(0);
  });
  it('settles taps under way by one more call: the last wins', async () => {
    const { entry, calls, want } = world();
    const done = want(true);
    void want(false);
    void want(true);
    void want(false);
    expect(entry).toEqual({ isLiked: false, likeCount: 3 });
    expect(calls).toHaveLength(1);
    calls[0]!.answer(4);
    await turn();
    expect(calls.map(({ liked }) => liked)).toEqual([true, false]);
    calls[1]!.answer(3);
    await done;
    expect(entry).toEqual({ isLiked: false, likeCount: 3 });
  });
  it('needs no second call when the last tap wants what was asked for', async () => {
    const { calls, want } = world();
    const done = want(true);
    void want(false);
    void want(true);
    calls[0]!.answer(4);
    await done;
    expect(calls).toHaveLength(1);
  });
  it('shows what was before when it fails, and says what was missed', async () => {
    const { entry, calls, missed, want } = world();
    const done = want(true);
    calls[0]!.fail('lost');
    await done;
    expect(entry).toEqual({ isLiked: false, likeCount: 3 });
    expect(missed).toHaveBeenCalledWith('lost', true);
    // And can be asked for again.
    void want(true);
    expect(calls).toHaveLength(2);
  });
  it('shows what the server last said when a second call fails', async () => {
    const { entry, calls, missed, want } = world();
    const done = want(true);
    void want(false);
    calls[0]!.answer(8);
    await turn();
    calls[1]!.fail('lost');
    await done;
    expect(entry).toEqual({ isLiked: true, likeCount: 8 });
    expect(missed).toHaveBeenCalledWith('lost', false);
  });
  it('is not undone by what was read before it was done', async () => {
    const { entry, calls, want } = world();
    const before = tick();
    const done = want(true);
    const meanwhile = tick();
    update(entry, { isLiked: false, likeCount: 3 }, meanwhile);
    calls[0]!.answer(4);
    await done;
    for (const start of [before, meanwhile]) update(entry, { isLiked: false, likeCount: 3 }, start);
    expect(entry).toEqual({ isLiked: true, likeCount: 4 });
    update(entry, { isLiked: false, likeCount: 5 }, tick());
    expect(entry).toEqual({ isLiked: false, likeCount: 5 });
  });
});
