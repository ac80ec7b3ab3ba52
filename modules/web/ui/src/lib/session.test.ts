import { beforeEach, describe, expect, it, vi } from 'vitest';

import { OfflineError } from './api/client';

const calls = { me: vi.fn(), guest: vi.fn(), signOut: vi.fn() };
const goto = vi.fn();
const say = vi.fn();
const drafts = { belongTo: vi.fn(), takeAlong: vi.fn(), clearAll: vi.fn() };
const forgetPlaces = vi.fn();
vi.mock('./api/calls', () => ({ session: calls }));
vi.mock('$app/navigation', () => ({ goto }));
vi.mock('./notices.svelte', () => ({ notices: { say } }));
vi.mock('./drafts', () => ({ drafts }));
vi.mock('./places.svelte', () => ({ forgetPlaces }));
vi.mock('./i18n.svelte', () => ({
  t: () => ({ sessionOver: 'session over', guestOver: 'guest over', accountChanged: 'account changed' })
}));

const user = (userId: number, userRole = 'USER') => ({ userId, userRole, userName: '1000만', userType: 'BLUE' });
let refused: Error;
const reload = vi.fn();
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
/** Another tab has signed somebody in, or out. */
function elsewhere(value: string | null) {
  if (value === null) stored.delete('account');
  else stored.set('account', value);
  handlers['storage']!({ key: 'account' });
}
const turn = () => new Promise((done) => setTimeout(done));

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
  vi.stubGlobal('location', { pathname: '/post/5', search: '?x=1', reload });
  vi.stubGlobal('addEventListener', (type: string, handler: (event: object) => void) => (handlers[type] = handler));
  vi.stubGlobal('removeEventListener', vi.fn());
});

describe('before anything is shown', () => {
  it('asks the server where nobody is known, once however many ask', async () => {
    const session = await open();
    calls.me.mockResolvedValue(user(7));
    const [one, other] = await Promise.all([session.atStart(), session.atStart()]);
    expect(one?.userId).toBe(7);
    expect(other).toBe(one);
    expect(calls.me).toHaveBeenCalledTimes(1);
    expect(stored.get('account')).toBe('7');
    expect(drafts.belongTo).toHaveBeenLastCalledWith('7');
  });
  it('knows that nobody is here when the server says so', async () => {
    const session = await open();
    calls.me.mockRejectedValue(refused);
    expect(await session.atStart()).toBeNull();
    expect(session.user).toBeNull();
  });
  it('forgets that a mail was waited for, once a member is here', async () => {
    for (const [role, kept] of [['GUEST', 'a@b.test'], ['USER', null]] as const) {
      sessionStorage.setItem('mailed', 'a@b.test');
      const session = await open();
      calls.me.mockResolvedValue(user(7, role));
      await session.load();
      expect(sessionStorage.getItem('mailed')).toBe(kept);
    }
  });
  it('does not send anybody away when nobody answers, or somebody is known', async () => {
    const session = await open();
    calls.me.mockRejectedValue(new OfflineError('lost'));
    expect(await session.atStart()).toBeUndefined();
    calls.me.mockClear();
    expect(await (await open('7')).atStart()).toBeUndefined();
    expect(calls.me).not.toHaveBeenCalled();
  });
});

describe('texts', () => {
  it.each([
    ['7', '7'],
    ['7 guest', 'guest-7'],
    ['nonsense', 'guest']
  ])('of %j are %s’s from the start', async (last, owner) => {
    const session = await open(last);
    expect(session.owner).toBe(owner);
    expect(drafts.belongTo).toHaveBeenCalledWith(owner);
  });
  it('go along from a guest to the account the guest signs in to', async () => {
    const session = await open('3 guest');
    calls.me.mockResolvedValue(user(7));
    await session.load();
    expect(drafts.takeAlong.mock.calls).toEqual([['guest-3']]);
    expect(say).not.toHaveBeenCalled();
  });
  it('stay a member’s when a guest or another member comes, and that is said', async () => {
    for (const next of [user(8), user(9, 'GUEST')]) {
      const session = await open('7');
      calls.me.mockResolvedValue(next);
      await session.load();
      expect(session.owner).toBe(next.userRole === 'GUEST' ? 'guest-9' : '8');
    }
    expect(drafts.takeAlong).not.toHaveBeenCalled();
    expect(say.mock.calls).toEqual([['account changed'], ['account changed']]);
  });
  it('stay whose they are while nobody is signed in', async () => {
    const session = await open('7');
    calls.me.mockRejectedValue(refused);
    await session.load();
    expect(session.owner).toBe('7');
  });
});

describe('the end of a session', () => {
  it.each([
    ['7', 'session-over'],
    ['7 guest', 'guest-over']
  ])('of %j is said where it leads to', async (last, status) => {
    const session = await open(last);
    await session.over();
    expect(goto).toHaveBeenCalledWith(`/login?next=%2Fpost%2F5%3Fx%3D1&status=${status}`, { replaceState: true });
    expect(session.user).toBeNull();
    expect(stored.has('account')).toBe(false);
    expect(forgetPlaces).toHaveBeenCalled();
  });
  it('is not said where none began, and once only', async () => {
    const session = await open();
    await session.over();
    expect(goto).toHaveBeenLastCalledWith('/login?next=%2Fpost%2F5%3Fx%3D1', { replaceState: true });
    vi.stubGlobal('location', { pathname: '/login', search: '' });
    goto.mockClear();
    await session.over();
    expect(goto).not.toHaveBeenCalled();
  });
  it('is said although it was first learned on a screen that needs nobody', async () => {
    const session = await open('7');
    calls.me.mockRejectedValue(refused);
    await session.find();
    expect(say).toHaveBeenCalledWith('session over');
    await session.over();
    expect(goto).toHaveBeenCalledWith(expect.stringContaining('status=session-over'), { replaceState: true });
  });
  it('is learned when somebody looks again', async () => {
    const session = await open();
    calls.me.mockResolvedValueOnce(user(7));
    await session.load();
    calls.me.mockRejectedValueOnce(new OfflineError('lost'));
    expect(await session.again()).toBe(false);
    expect(session.user?.userId).toBe(7);
    calls.me.mockResolvedValueOnce(user(7));
    expect(await session.again()).toBe(false);
    calls.me.mockRejectedValueOnce(refused);
    expect(await session.again()).toBe(true);
    expect(goto).toHaveBeenCalledWith(expect.stringContaining('status=session-over'), { replaceState: true });
  });
});

describe('other tabs', () => {
  const signedIn = async () => {
    const session = await open();
    calls.me.mockResolvedValueOnce(user(7));
    await session.load();
    session.watch();
    return session;
  };
  it('that become somebody else make this one begin anew, and say so', async () => {
    const session = await signedIn();
    elsewhere('7');
    expect(reload).not.toHaveBeenCalled();
    elsewhere('8 guest');
    expect(reload).toHaveBeenCalledTimes(1);
    expect(sessionStorage.getItem('to-say')).not.toBeNull();
    session.watch();
    expect(say).toHaveBeenCalledWith('account changed');
    expect(sessionStorage.getItem('to-say')).toBeNull();
  });
  it('that become somebody else a moment ago let nothing be sent in that name', async () => {
    const session = await signedIn();
    expect((await session.need()).userId).toBe(7);
    stored.set('account', '8 guest');
    await expect(session.need()).rejects.toMatchObject({ name: 'AbortError' });
    expect(reload).toHaveBeenCalled();
  });
  it('of which this one heard nothing while it lay aside: the server is asked when it comes back', async () => {
    const session = await signedIn();
    handlers['pageshow']!({ persisted: false });
    expect(calls.me).toHaveBeenCalledTimes(1);
    calls.me.mockResolvedValueOnce(user(8));
    handlers['pageshow']!({ persisted: true });
    await turn();
    expect(reload).toHaveBeenCalledTimes(1);
    session.user = null;
    calls.me.mockResolvedValueOnce(user(9));
    handlers['pageshow']!({ persisted: true });
    await turn();
    expect(session.isMe(9)).toBe(true);
  });
  it('that sign out take this one along', async () => {
    const session = await signedIn();
    elsewhere(null);
    await turn();
    expect(session.user).toBeNull();
    expect(goto).toHaveBeenCalledWith(expect.stringContaining('status=ended-elsewhere'), { replaceState: true });
  });
  it('that sign in are followed by one in which nobody is', async () => {
    const session = await open();
    session.watch();
    calls.me.mockResolvedValue(user(7));
    elsewhere('7');
    await turn();
    expect(session.user?.userId).toBe(7);
    expect(reload).not.toHaveBeenCalled();
    handlers['storage']!({ key: 'settings' });
    expect(calls.me).toHaveBeenCalledTimes(1);
  });
});

describe('signing in and out', () => {
  it('needs somebody', async () => {
    const session = await open();
    calls.me.mockRejectedValue(refused);
    await expect(session.need()).rejects.toMatchObject({ status: 401 });
  });
  it('begins as a guest, with nothing of what was seen before', async () => {
    const session = await open();
    calls.me.mockResolvedValue(user(9, 'GUEST'));
    await session.startAsGuest();
    expect(calls.guest).toHaveBeenCalledTimes(1);
    expect(forgetPlaces).toHaveBeenCalled();
    expect(session.isMe(9)).toBe(true);
    expect(session.isMe(8)).toBe(false);
    expect(stored.get('account')).toBe('9 guest');
  });
  it('takes everything along when somebody signs out, also where that is over already', async () => {
    for (const over of [false, true]) {
      const session = await open('7');
      calls.signOut.mockReset();
      if (over) calls.signOut.mockRejectedValue(refused);
      await session.signOut();
      expect(stored.has('account')).toBe(false);
      expect(session.user).toBeNull();
      expect(goto).toHaveBeenLastCalledWith('/login');
      // It is no lost session: nothing is said later.
      await session.over();
      expect(goto).toHaveBeenLastCalledWith(expect.not.stringContaining('status'), { replaceState: true });
    }
    expect(drafts.clearAll).toHaveBeenCalledTimes(2);
  });
  it('stays signed in when the server was not told', async () => {
    const session = await open('7');
    calls.signOut.mockRejectedValue(new OfflineError('lost'));
    await expect(session.signOut()).rejects.toThrow();
    expect(stored.get('account')).toBe('7');
    expect(drafts.clearAll).not.toHaveBeenCalled();
  });
});
