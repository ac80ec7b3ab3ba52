import { beforeEach, expect, test, vi } from 'vitest';

const answers = { keep: vi.fn(), recall: vi.fn() };
vi.mock('./offline/answers', () => answers);

let stored: Map<string, string>;
let ready: () => void;

/** A page whose worker is not ready yet; answers what keeps. */
async function open() {
  vi.resetModules();
  let keeper!: { keep: (path: string, data: unknown) => void };
  vi.doMock('./api/client', () => ({ keepBy: (by: typeof keeper) => (keeper = by) }));
  const { keepAnswers } = await import('./kept-answers');
  keepAnswers(
    () => undefined,
    () => {}
  );
  return keeper;
}
const become = (account: string | null) => void (account === null ? stored.delete('account') : stored.set('account', account));
const turn = () => new Promise((done) => setTimeout(done, 20));

beforeEach(() => {
  vi.resetAllMocks();
  answers.keep.mockResolvedValue(undefined);
  stored = new Map([['account', '7']]);
  vi.stubGlobal('localStorage', { getItem: (key: string) => stored.get(key) ?? null });
  vi.stubGlobal('navigator', { serviceWorker: { ready: new Promise<void>((resolve) => (ready = resolve)) } });
});

test('what was read before the worker was ready is kept then', async () => {
  const keeper = await open();
  keeper.keep('/api/v1/feeds', ['글']);
  expect(answers.keep).not.toHaveBeenCalled();
  ready();
  await vi.waitFor(() => expect(answers.keep).toHaveBeenCalledWith(7, '/api/v1/feeds', { data: ['글'], at: expect.any(Number) as number }));
});

test.each([null, '8', '9 guest'])('but not where another tab has signed out, or somebody else in (%s)', async (now) => {
  const keeper = await open();
  keeper.keep('/api/v1/feeds', ['글']);
  keeper.keep('/api/v1/users/me', { userId: 7 });
  become(now);
  ready();
  await turn();
  expect(answers.keep).not.toHaveBeenCalled();
});

test('who one is says whose it is before this browser knows', async () => {
  const keeper = await open();
  become(null);
  keeper.keep('/api/v1/users/me', { userId: 8 });
  become('8');
  ready();
  await vi.waitFor(() => expect(answers.keep).toHaveBeenCalledWith(8, '/api/v1/users/me', expect.anything()));
});
