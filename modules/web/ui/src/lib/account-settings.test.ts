import { beforeEach, expect, it, vi } from 'vitest';

const failed = vi.fn();
vi.mock('./act', () => ({ handleFailure: failed }));

const told = { FEED_LIKE: true, COMMENT: true, REPLY: true, COMMENT_LIKE: true };
const kept = { language: 'en', colours: 'KOREAN', profileVisibility: 'PUBLIC', notifications: told, quietHours: null, dayAt: null, listedToday: true, readableByLink: true };
let answers: (() => Response | Promise<Response>)[];
let sent: string[];
let stored: string | null;
const answer = (status: number, data: unknown = null) => new Response(JSON.stringify({ message: '', data }), { status });

async function open() {
  vi.resetModules();
  const { ofAccount } = await import('./account-settings.svelte');
  const { settings } = await import('./settings.svelte');
  await (await import('./i18n.svelte')).firstWords();
  return { ofAccount, settings, seen: () => [settings.language, settings.colours] };
}
const turn = () => new Promise((done) => setTimeout(done));
async function belongTo(who: number, { ofAccount }: Awaited<ReturnType<typeof open>>) {
  ofAccount.belongTo(who);
  await turn();
}

beforeEach(() => {
  vi.resetAllMocks();
  answers = [];
  sent = [];
  stored = null;
  vi.stubGlobal('navigator', { language: 'ko-KR' });
  vi.stubGlobal('localStorage', { getItem: () => stored, setItem: (_: string, value: string) => (stored = value) });
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {} }));
  vi.stubGlobal('document', { documentElement: { dataset: {} }, querySelectorAll: () => [] });
  vi.stubGlobal('getComputedStyle', () => ({ getPropertyValue: () => '' }));
  vi.stubGlobal('fetch', async (_: string, { method, body }: { method: string; body?: string }) => {
    if (method === 'PATCH') sent.push(body!);
    return answers.shift()!();
  });
});

it('takes along what was chosen in another browser', async () => {
  const here = await open();
  answers = [() => answer(200, kept)];
  await belongTo(7, here);
  expect(here.seen()).toEqual(['en', 'KOREAN']);
  expect(sent).toEqual([]);
});

it('asks once for an account, and again for another', async () => {
  const here = await open();
  answers = [() => answer(200, kept), () => answer(200, { ...kept, language: null, colours: 'WESTERN' })];
  await belongTo(7, here);
  await belongTo(7, here);
  expect(answers.length).toBe(1);
  await belongTo(8, here);
  expect(here.seen()).toEqual(['en', 'WESTERN']);
});

it('takes nothing of an account that is gone meanwhile', async () => {
  const here = await open();
  let say!: (answered: Response) => void;
  answers = [() => new Promise<Response>((resolve) => (say = resolve))];
  await belongTo(7, here);
  here.ofAccount.belongTo(undefined);
  say(answer(200, kept));
  await turn();
  expect(here.seen()).toEqual(['ko', 'WESTERN']);
  expect(here.ofAccount.known).toBeNull();
});

it('does without where the server keeps none, or does not answer', async () => {
  for (const status of [404, 503]) {
    const here = await open();
    answers = [() => answer(status)];
    await belongTo(7, here);
    expect(here.ofAccount.known).toBeNull();
    expect(here.seen()).toEqual(['ko', 'WESTERN']);
  }
});

it('keeps what nobody chose for who signs in next, also after a reload, and once', async () => {
  let here = await open();
  here.ofAccount.choose({ colours: 'KOREAN' });
  here = await open();
  here.ofAccount.choose({ language: 'en' });
  expect(here.seen()).toEqual(['en', 'KOREAN']);
  answers = [() => answer(200, { ...kept, language: 'ko', colours: 'WESTERN' }), () => answer(200, kept)];
  await belongTo(7, here);
  expect(sent).toEqual(['{"colours":"KOREAN","language":"en"}']);
  expect(here.seen()).toEqual(['en', 'KOREAN']);
  answers = [() => answer(200, { ...kept, colours: 'WESTERN' })];
  await belongTo(8, here);
  expect(sent.length).toBe(1);
  expect(here.seen()).toEqual(['en', 'WESTERN']);
});

it('keeps the one that nobody chose, and takes the other along', async () => {
  const here = await open();
  here.ofAccount.choose({ language: 'ko' });
  answers = [() => answer(200, kept), () => answer(200, { ...kept, language: 'ko' })];
  await belongTo(7, here);
  expect(sent).toEqual(['{"language":"ko"}']);
  expect(here.seen()).toEqual(['ko', 'KOREAN']);
});

it('keeps what was chosen before the account’s was known', async () => {
  const here = await open();
  let say!: (answered: Response) => void;
  answers = [() => new Promise<Response>((resolve) => (say = resolve)), () => answer(200, { ...kept, colours: 'WESTERN' })];
  await belongTo(7, here);
  here.ofAccount.choose({ colours: 'WESTERN' });
  say(answer(200, kept));
  await turn();
  expect(sent).toEqual(['{"colours":"WESTERN"}']);
  expect(here.settings.colours).toBe('WESTERN');
});

it('shows what was not taken as it was, and says so', async () => {
  const here = await open();
  answers = [() => answer(200, kept), () => answer(503)];
  await belongTo(7, here);
  const changing = here.ofAccount.change({ profileVisibility: 'PRIVATE', colours: 'WESTERN' });
  expect(here.ofAccount.known?.profileVisibility).toBe('PRIVATE');
  expect(here.settings.colours).toBe('WESTERN');
  await changing;
  expect(here.ofAccount.known?.profileVisibility).toBe('PUBLIC');
  expect(here.settings.colours).toBe('KOREAN');
  expect(failed).toHaveBeenCalledTimes(1);
});

it('changes one kind of notification and leaves the others, one change after the other', async () => {
  const here = await open();
  let say!: (answered: Response) => void;
  answers = [() => answer(200, kept), () => new Promise<Response>((resolve) => (say = resolve)), () => answer(503)];
  await belongTo(7, here);
  const seen = () => here.ofAccount.known?.notifications;
  const changing = [
    here.ofAccount.change({ notifications: { FEED_LIKE: false } }),
    here.ofAccount.change({ notifications: { REPLY: false } })
  ];
  expect(seen()).toEqual({ ...told, FEED_LIKE: false, REPLY: false });
  await turn();
  expect(sent).toEqual(['{"notifications":{"FEED_LIKE":false}}']);
  say(answer(200, { ...kept, notifications: { ...told, FEED_LIKE: false } }));
  await Promise.all(changing);
  expect(sent[1]).toBe('{"notifications":{"REPLY":false}}');
  expect(seen()).toEqual({ ...told, FEED_LIKE: false });
  expect(failed).toHaveBeenCalledTimes(1);
});

it('changes nothing of an account in another’s name', async () => {
  const here = await open();
  let say!: (answered: Response) => void;
  answers = [() => answer(200, kept), () => new Promise<Response>((resolve) => (say = resolve)), () => answer(200, kept)];
  await belongTo(7, here);
  const changing = ['FEED_LIKE', 'REPLY'].map((kind) => here.ofAccount.change({ notifications: { [kind]: false } }));
  await turn();
  await belongTo(8, here);
  say(answer(200, { ...kept, notifications: { ...told, FEED_LIKE: false } }));
  await Promise.all(changing);
  expect(sent.length).toBe(1);
  expect(here.ofAccount.known?.notifications).toEqual(told);
});
