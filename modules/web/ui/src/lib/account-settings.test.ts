import { beforeEach, expect, it, vi } from 'vitest';

const failed = vi.fn();
vi.mock('./act', () => ({ handleFailure: failed }));

const kept = { language: 'en', colours: 'KOREAN', profileVisibility: 'PUBLIC' };
let answers: ((body: string | undefined) => Response | Promise<Response>)[];
let sent: string[];
const answer = (status: number, data: unknown = null) => new Response(JSON.stringify({ message: '', data }), { status });

async function open() {
  vi.resetModules();
  const { ofAccount } = await import('./account-settings.svelte');
  return { ofAccount, settings: (await import('./settings.svelte')).settings };
}

beforeEach(() => {
  vi.resetAllMocks();
  answers = [];
  sent = [];
  vi.stubGlobal('navigator', { language: 'ko-KR' });
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} });
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {} }));
  vi.stubGlobal('document', { documentElement: { dataset: {} }, querySelectorAll: () => [] });
  vi.stubGlobal('getComputedStyle', () => ({ getPropertyValue: () => '' }));
  vi.stubGlobal('fetch', async (_: string, { method, body }: { method: string; body?: string }) => {
    if (method === 'PATCH') sent.push(body!);
    return answers.shift()!(body);
  });
});

it('takes along the language that was chosen in another browser, and turns no colours over', async () => {
  const { ofAccount, settings } = await open();
  answers = [() => answer(200, kept)];
  await ofAccount.read();
  expect([settings.language, settings.colours]).toEqual(['en', 'WESTERN']);
});

it('does without where the server keeps none, or does not answer', async () => {
  for (const status of [404, 503]) {
    const { ofAccount, settings } = await open();
    answers = [() => answer(status)];
    await ofAccount.read();
    ofAccount.choose({ language: 'en' });
    expect(ofAccount.known).toBeNull();
    expect(settings.language).toBe('en');
    expect(sent).toEqual([]);
  }
});

it('keeps what was chosen before the account’s was known', async () => {
  const { ofAccount, settings } = await open();
  let say!: (answered: Response) => void;
  answers = [() => new Promise<Response>((resolve) => (say = resolve)), () => answer(200, { ...kept, colours: 'WESTERN' })];
  const reading = ofAccount.read();
  await new Promise((done) => setTimeout(done));
  ofAccount.choose({ colours: 'WESTERN' });
  say(answer(200, kept));
  await reading;
  expect(sent).toEqual(['{"colours":"WESTERN"}']);
  expect(settings.colours).toBe('WESTERN');
});

it('shows what was not taken as it was, and says so', async () => {
  const { ofAccount } = await open();
  answers = [() => answer(200, kept), () => answer(503)];
  await ofAccount.read();
  const changing = ofAccount.change({ profileVisibility: 'PRIVATE' });
  expect(ofAccount.known?.profileVisibility).toBe('PRIVATE');
  await changing;
  expect(ofAccount.known?.profileVisibility).toBe('PUBLIC');
  expect(failed).toHaveBeenCalledTimes(1);
});
