import { beforeEach, describe, expect, it, vi } from 'vitest';

import { Browser } from './outbox.pages';

const calls = { create: vi.fn() };
const session = { user: null as { userId: number } | null, owner: 'guest', need: vi.fn(), again: vi.fn() };
const unlinked = { known: true as boolean | undefined, ask: vi.fn() };
const handleFailure = vi.fn();
vi.mock('../api/calls', () => ({ posts: calls, comments: calls }));
vi.mock('../session.svelte', () => ({ session }));
vi.mock('../unlinked.svelte', () => ({ unlinked }));
vi.mock('../connection.svelte', () => ({ connection: { offline: false } }));
vi.mock('../act', () => ({ handleFailure }));
vi.mock('../notices.svelte', () => ({ explain: () => '까닭' }));
vi.mock('../i18n.svelte', () => ({ t: () => ({ unlinkNot: '' }) }));
vi.mock('./Queued.svelte', () => ({ default: {} }));

const hour = 3_600_000;
let browser: Browser;
const feed = { feedId: null, parent: null };
const sent = (text: string, first = Date.now()) => ({ text, key: `key of ${text}`, first, unlinked: false });
/** A tab of this browser, with what the page knows of the outbox. */
async function open() {
  vi.resetModules();
  const { outbox } = await import('./outbox.svelte');
  await outbox.belongTo(session.owner);
  return outbox;
}
/** A call whose answer is not there yet. */
function onItsWay() {
  let answer!: { arrive: () => void; fail: (error: unknown) => void };
  calls.create.mockImplementationOnce(
    () => new Promise<void>((arrive, fail) => (answer = { arrive, fail }))
  );
  return { began: () => vi.waitFor(() => expect(answer).toBeDefined()), arrive: () => answer.arrive(), fail: (error: unknown) => answer.fail(error) };
}
const texts = () => calls.create.mock.calls.map(([, text]) => text as string);

beforeEach(() => {
  vi.resetAllMocks();
  browser = new Browser();
  become(7);
  session.need.mockImplementation(() => Promise.resolve(session.user));
});
function become(id: number) {
  session.user = { userId: id };
  session.owner = String(id);
  browser.stored.set('account', String(id));
}

describe('what is queued', () => {
  it('is as old as its key, not as its place in the queue', async () => {
    const outbox = await open();
    const ago = Date.now() - 10 * hour;
    expect(await outbox.add(feed, sent('글', ago))).toBe(true);
    expect(browser.rows).toMatchObject([{ text: '글', at: ago, state: 'waiting' }]);
  });
  it.each([Date.now() - 30 * hour, 0])('is its author’s to send where the server may have forgotten the key (%i)', async (first) => {
    const outbox = await open();
    await outbox.add(feed, sent('글', first));
    await outbox.drain();
    expect(calls.create).not.toHaveBeenCalled();
    expect(outbox.entries).toMatchObject([{ text: '글', state: 'old' }]);
  });
  it('is nowhere where the mark of it could not be kept: the text is in its field', async () => {
    const outbox = await open();
    browser.full = true;
    expect(await outbox.add(feed, sent('글'))).toBe(false);
    expect(browser.rows).toEqual([]);
    expect(outbox.entries).toEqual([]);
  });
  it('is left in its field, too, where no tab could be the one that sends', async () => {
    const outbox = await open();
    vi.stubGlobal('navigator', { onLine: true });
    expect(await outbox.add(feed, sent('글'))).toBe(false);
    expect(browser.rows).toEqual([]);
  });
});

describe('what is sent', () => {
  it('is sent in order, and gone', async () => {
    const outbox = await open();
    for (const text of ['하나', '둘']) await outbox.add(feed, sent(text));
    await outbox.drain();
    expect(texts()).toEqual(['하나', '둘']);
    expect(browser.rows).toEqual([]);
    expect(browser.stored.has('to-be-sent')).toBe(false);
  });
  it.each(['8', '9 guest', null])('is not sent in the name of whoever another tab has signed in (%s)', async (now) => {
    const outbox = await open();
    await outbox.add(feed, sent('글'));
    if (now === null) browser.stored.delete('account');
    else browser.stored.set('account', now);
    await outbox.drain();
    expect(calls.create).not.toHaveBeenCalled();
    expect(session.again).toHaveBeenCalled();
    expect(browser.rows).toMatchObject([{ text: '글', state: 'waiting' }]);
    // The session is this account’s, as before.
    browser.stored.set('account', '7');
    await outbox.drain();
    expect(texts()).toEqual(['글']);
  });
  it('waits for its author where the server says that another is signed in, whatever this tab knows', async () => {
    const outbox = await open();
    const { ApiError } = await import('../api/client');
    await outbox.add(feed, sent('글'));
    calls.create.mockRejectedValueOnce(new ApiError(409, '', null, 'OTHER_ACCOUNT'));
    await outbox.drain();
    expect(calls.create.mock.calls[0]![0]).toBe(7);
    expect(session.again).toHaveBeenCalled();
    expect(browser.rows).toMatchObject([{ text: '글', key: 'key of 글', owner: '7', state: 'waiting' }]);
  });
  it('is not sent in the name of who is signed in between two of them, or while the server is asked what it can do', async () => {
    const outbox = await open();
    await outbox.add(feed, sent('하나'));
    await outbox.add(feed, { ...sent('둘'), unlinked: true });
    unlinked.ask.mockImplementation(() => Promise.resolve(void browser.stored.set('account', '8')));
    await outbox.drain();
    expect(texts()).toEqual(['하나']);
    expect(browser.rows).toMatchObject([{ text: '둘' }]);
  });
});

describe('what was taken away while another tab sends', () => {
  it.each(['refused', 'unanswered'])('does not come back, and what was after it is not sent (%s)', async (how) => {
    const sending = await open();
    const { ApiError } = await import('../api/client');
    for (const text of ['하나', '둘']) await sending.add(feed, sent(text));
    const call = onItsWay();
    const drained = sending.drain();
    await call.began();
    vi.resetModules();
    const { outbox: leaving } = await import('./outbox.svelte');
    await leaving.clear();
    expect(browser.rows).toEqual([]);
    call.fail(how === 'refused' ? new ApiError(400, '') : new ApiError(401, ''));
    await drained;
    expect(texts()).toEqual(['하나']);
    expect(browser.rows).toEqual([]);
    expect(handleFailure).not.toHaveBeenCalled();
  });
  it.each(['sent', 'refused'])('goes along to another account as what became of it (%s)', async (how) => {
    session.owner = 'guest';
    const sending = await open();
    const { ApiError } = await import('../api/client');
    for (const text of ['하나', '둘']) await sending.add(feed, sent(text));
    const call = onItsWay();
    calls.create.mockRejectedValueOnce(new ApiError(404, ''));
    const drained = sending.drain();
    await call.began();
    vi.resetModules();
    const { outbox: other } = await import('./outbox.svelte');
    const along = other.takeAlong('guest', '8');
    // Whatever does not wait has its turn.
    await new Promise((done) => setTimeout(done, 50));
    if (how === 'sent') call.arrive();
    else call.fail(new ApiError(400, ''));
    await Promise.all([drained, along]);
    const both = [
      { text: '하나', owner: '8', state: 'refused' },
      { text: '둘', owner: '8', state: 'refused' }
    ];
    expect(browser.rows).toMatchObject(how === 'sent' ? both.slice(1) : both);
  });
  it('of a guest is shown to no other, and goes when that guest is gone', async () => {
    const outbox = await open();
    const [recent, old] = [Date.now() - 13 * 86_400_000, Date.now() - 15 * 86_400_000];
    become(3);
    session.owner = 'guest-3';
    await outbox.belongTo('guest-3');
    await outbox.add(feed, sent('아직 있는 손님의 글', recent));
    await outbox.add(feed, sent('없어진 손님의 글', old));
    await outbox.belongTo('guest-9');
    expect(outbox.entries).toEqual([]);
    expect(browser.rows.map(({ text }) => text)).toEqual(['아직 있는 손님의 글']);
  });
  it.each(['again', 'edit'] as const)('is sent as the account’s that a guest’s was taken along to, when that says so (%s)', async (how) => {
    const outbox = await open();
    become(3);
    session.owner = 'guest';
    await outbox.belongTo('guest');
    await outbox.add(feed, sent('손님의 글'));
    become(8);
    await outbox.belongTo('8');
    await outbox.takeAlong('guest', '8');
    await vi.waitFor(() => expect(outbox.entries).toMatchObject([{ owner: '8', account: 3, state: 'old' }]));
    expect(calls.create).not.toHaveBeenCalled();
    const { id } = outbox.entries[0]!;
    await (how === 'again' ? outbox.again(id) : outbox.edit(id, '회원의 글'));
    await vi.waitFor(() => expect(browser.rows).toEqual([]));
    expect(texts()).toEqual([how === 'again' ? '손님의 글' : '회원의 글']);
    expect(calls.create.mock.calls[0]![0]).toBe(8);
  });
  it.each(['again', 'edit'] as const)('is not sent in the name of who came meanwhile (%s)', async (how) => {
    const outbox = await open();
    await outbox.add(feed, sent('글', 0));
    const { id } = outbox.entries[0]!;
    // This tab still shows what was another's.
    become(8);
    await (how === 'again' ? outbox.again(id) : outbox.edit(id, '고친 글'));
    await outbox.drain();
    expect(calls.create).not.toHaveBeenCalled();
    expect(browser.rows).toMatchObject([{ text: '글', owner: '7', account: 7, state: 'old' }]);
  });
  it('is not put back by an edit', async () => {
    const outbox = await open();
    await outbox.add(feed, sent('글'));
    const { put } = await import('./writings');
    const [row] = browser.rows;
    await outbox.clear();
    await put({ ...row!, text: '고친 글' });
    expect(browser.rows).toEqual([]);
  });
});
