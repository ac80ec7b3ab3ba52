import { beforeEach, expect, it, vi } from 'vitest';

const calls = { me: vi.fn(), signOut: vi.fn() };
const drafts = { belongTo: vi.fn(), takeAlong: vi.fn(), clearAll: vi.fn() };
vi.mock('./api/calls', () => ({ session: calls }));
vi.mock('$app/navigation', () => ({ goto: vi.fn() }));
vi.mock('./notices.svelte', () => ({ notices: { say: vi.fn() } }));
vi.mock('./drafts', () => ({ drafts }));
vi.mock('./places.svelte', () => ({ forgetPlaces: vi.fn() }));
vi.mock('./i18n.svelte', () => ({ t: () => ({}) }));

const user = (userId: number, userRole = 'USER') => ({ userId, userRole, userName: '1000만', userType: 'BLUE' });
let refused: Error;
let stored: Map<string, string>;
let handlers: Record<string, (event: object) => void>;

/** A page that is opened where that account was last here. */
async function open(last: string | null = null) {
  if (last !== null) stored.set('account', last);
  vi.resetModules();
  const { ApiError } = await import('./api/client');
  refused = new ApiError(401, '');
  return (await import('./session.svelte')).session;
}
/** Another tab has signed out. */
function signedOutElsewhere() {
  stored.delete('account');
  handlers['storage']!({ key: 'account' });
}

beforeEach(() => {
  vi.resetAllMocks();
  stored = new Map();
  handlers = {};
  const storage = (kept: Map<string, string>) => ({
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key)
  });
  vi.stubGlobal('localStorage', storage(stored));
  vi.stubGlobal('sessionStorage', storage(new Map()));
  vi.stubGlobal('location', { pathname: '/post/5', search: '' });
  vi.stubGlobal('addEventListener', (type: string, handler: (event: object) => void) => (handlers[type] = handler));
});

it('texts stay a guest’s when another guest comes', async () => {
  const session = await open('3 guest');
  calls.me.mockResolvedValue(user(9, 'GUEST'));
  await session.load();
  expect(session.owner).toBe('guest-9');
  expect(drafts.takeAlong).not.toHaveBeenCalled();
});

it.each(['GUEST', 'USER'])('texts go along from a guest whose session has ended to who begins in the same tab (%s), once', async (role) => {
  const session = await open('3 guest');
  calls.me.mockRejectedValueOnce(refused);
  await session.load();
  calls.me.mockResolvedValue(user(9, role));
  await session.load();
  await session.load();
  expect(drafts.takeAlong.mock.calls).toEqual([['guest-3']]);
});

it('texts stay the guest’s whose session has ended when somebody begins in another tab', async () => {
  const session = await open('3 guest');
  await session.over();
  vi.stubGlobal('sessionStorage', { getItem: () => null, setItem: () => {}, removeItem: () => {} });
  const other = await open();
  calls.me.mockResolvedValue(user(9, 'GUEST'));
  await other.load();
  expect(drafts.takeAlong).not.toHaveBeenCalled();
});

it.each(['here', 'in another tab'])('texts of a guest who has signed out %s are nobody’s', async (where) => {
  const session = await open('3 guest');
  calls.me.mockResolvedValueOnce(user(3, 'GUEST'));
  await session.load();
  session.watch();
  drafts.takeAlong.mockReset();
  if (where === 'here') await session.signOut();
  else signedOutElsewhere();
  await new Promise((done) => setTimeout(done));
  calls.me.mockResolvedValue(user(9, 'GUEST'));
  await session.load();
  expect(drafts.takeAlong).not.toHaveBeenCalled();
});

it('texts that a page of before kept for all guests are those of the one who is still here', async () => {
  const session = await open('3 guest');
  calls.me.mockResolvedValue(user(3, 'GUEST'));
  await session.load();
  await session.load();
  expect(drafts.takeAlong.mock.calls).toEqual([['guest']]);
});
