import { beforeEach, expect, it, vi } from 'vitest';

const { calls, session, said, saved } = vi.hoisted(() => ({
  calls: { download: vi.fn() },
  session: { user: { userId: 7 }, over: vi.fn() },
  said: vi.fn(),
  saved: vi.fn()
}));
vi.mock('./api/client', async (original) => ({ ...(await original<object>()), download: calls.download }));
vi.mock('./session.svelte', () => ({ session }));
vi.mock('./notices.svelte', () => ({ notices: { say: said }, explain: (error: Error) => error.message }));
vi.mock('./words.members', () => ({ m: () => ({ exported: 'saved', notExported: 'not saved:' }) }));

import { ApiError } from './api/client';
import { exporting } from './export.svelte';

beforeEach(() => {
  vi.resetAllMocks();
  session.user = { userId: 7 };
  exporting.shown = true;
  exporting.problem = '';
  vi.stubGlobal('document', { createElement: () => ({ click: saved }) });
  vi.stubGlobal('URL', { createObjectURL: () => 'blob:1', revokeObjectURL: () => {} });
});
const file = { name: 'all.zip', content: new Blob() };

it('is asked for once however often it is pressed, and saved', async () => {
  let arrive = (_: object) => {};
  calls.download.mockReturnValue(new Promise((resolve) => (arrive = resolve)));
  const first = exporting.start();
  await exporting.start();
  expect(exporting.bytes).toBe(0);
  arrive(file);
  await first;
  expect(calls.download).toHaveBeenCalledTimes(1);
  expect(saved).toHaveBeenCalledTimes(1);
  expect(said).toHaveBeenCalledWith('saved');
  expect(exporting.bytes).toBeNull();
});

it('is not given to who came to the browser meanwhile', async () => {
  calls.download.mockImplementation(async () => {
    session.user = { userId: 8 };
    return file;
  });
  await exporting.start();
  expect(saved).not.toHaveBeenCalled();
});

it.each([true, false])('says why it failed, where the settings are shown (%s) or elsewhere', async (shown) => {
  exporting.shown = shown;
  calls.download.mockRejectedValue(new ApiError(503, 'busy'));
  await exporting.start();
  expect(exporting.problem).toBe(shown ? 'not saved: busy' : '');
  expect(said.mock.calls).toEqual(shown ? [] : [['not saved: busy']]);
});

it('says nothing when it was given up, and leads to sign-in when the session is over', async () => {
  calls.download.mockImplementation(async () => {
    exporting.stop();
    throw new DOMException('stopped', 'AbortError');
  });
  await exporting.start();
  calls.download.mockRejectedValue(new ApiError(401, ''));
  await exporting.start();
  expect(exporting.problem).toBe('');
  expect(said).not.toHaveBeenCalled();
  expect(session.over).toHaveBeenCalledTimes(1);
});
