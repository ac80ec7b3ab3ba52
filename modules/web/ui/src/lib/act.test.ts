import { beforeEach, expect, it, vi } from 'vitest';

import { handleFailure } from './act';
import { ApiError, OfflineError } from './api/client';

const { over, again, fail } = vi.hoisted(() => ({ over: vi.fn(), again: vi.fn(), fail: vi.fn() }));
vi.mock('./session.svelte', () => ({ session: { over, again } }));
vi.mock('./notices.svelte', () => ({ notices: { fail } }));
beforeEach(() => vi.resetAllMocks());

it('leads to sign-in when the session is over', () => {
  handleFailure(new ApiError(401, ''), { undone: 'not done' });
  expect(over).toHaveBeenCalledTimes(1);
  expect(fail).not.toHaveBeenCalled();
});
it.each([new ApiError(403, ''), new ApiError(429, ''), new OfflineError('lost')])('says that %s, with a retry', (error) => {
  const retry = () => {};
  handleFailure(error, { undone: 'not done', retry });
  expect(fail).toHaveBeenCalledWith(error, 'not done', retry);
  handleFailure(error);
  expect(fail).toHaveBeenLastCalledWith(error, null, null);
  expect(over).not.toHaveBeenCalled();
});
const others = new ApiError(409, '다른 계정입니다.', null, 'OTHER_ACCOUNT');
it('turns to whose the page is now where it is another’s', async () => {
  again.mockResolvedValue(true);
  handleFailure(others);
  await vi.waitFor(() => expect(again).toHaveBeenCalledTimes(1));
  expect(fail).not.toHaveBeenCalled();
});
it('says what the server said where the page cannot turn', async () => {
  const retry = () => {};
  again.mockResolvedValue(false);
  handleFailure(others, { undone: 'not done', retry });
  await vi.waitFor(() => expect(fail).toHaveBeenCalledWith(others, 'not done', retry));
});
it('says nothing of what was stopped on purpose', () => {
  handleFailure(new DOMException('', 'AbortError'));
  expect(fail).not.toHaveBeenCalled();
});
