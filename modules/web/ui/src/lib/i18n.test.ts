import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const settings = { language: 'en' };
vi.mock('./settings.svelte', () => ({ settings }));
/** Files of words that do not come, by language. */
const lost = new Set<string>();
const asked: string[] = [];
const file = (language: string, appName: string) => ({
  get words() {
    asked.push(language);
    if (lost.has(language)) throw new Error('404');
    return { appName, inOtherWords: `not in another, but in ${language}` };
  }
});
vi.mock('./words/page.ko', () => file('ko', '돈고백'));
vi.mock('./words/page.en', () => file('en', 'dontgoback'));

const say = vi.fn();
const close = vi.fn();
async function open() {
  vi.resetModules();
  const i18n = await import('./i18n.svelte');
  i18n.onMissing(say);
  return i18n;
}
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetAllMocks();
  say.mockReturnValue(close);
  lost.clear();
  asked.length = 0;
  settings.language = 'en';
});
afterEach(() => vi.useRealTimers());

it('begins with the words of the chosen language alone', async () => {
  const { firstWords, speaks, t } = await open();
  expect(speaks()).toBe(false);
  await firstWords();
  expect(t().appName).toBe('dontgoback');
  expect(asked).toEqual(['en']);
  expect(say).not.toHaveBeenCalled();
});

it('has the other ones where those do not come, and says so', async () => {
  lost.add('en');
  const { firstWords, t } = await open();
  await firstWords();
  expect(t().appName).toBe('돈고백');
  expect(say.mock.calls).toEqual([['not in another, but in ko', expect.any(Function)]]);
});

it('cannot begin without any', async () => {
  lost.add('en').add('ko');
  const { firstWords, speaks } = await open();
  await expect(firstWords()).rejects.toThrow('404');
  expect(speaks()).toBe(false);
  expect(say).not.toHaveBeenCalled();
});

it('asks for words that did not come again after half a minute, and says it once', async () => {
  lost.add('ko');
  const { firstWords, t } = await open();
  await firstWords();
  settings.language = 'ko';
  asked.length = 0;
  for (let reads = 0; reads < 5; reads++) {
    expect(t().appName).toBe('dontgoback');
    await settle();
  }
  expect(asked).toEqual(['ko']);
  await vi.advanceTimersByTimeAsync(29_000);
  t();
  await settle();
  expect(asked).toEqual(['ko']);
  await vi.advanceTimersByTimeAsync(1_000);
  t();
  await settle();
  expect(asked).toEqual(['ko', 'ko']);
  expect(say).toHaveBeenCalledTimes(1);
  expect(close).not.toHaveBeenCalled();
  lost.clear();
  await vi.advanceTimersByTimeAsync(30_000);
  t();
  await settle();
  expect(t().appName).toBe('돈고백');
  expect(close).toHaveBeenCalledTimes(1);
});

it('asks at once when somebody says so, and says it again where that is in vain', async () => {
  lost.add('ko');
  const { firstWords, t } = await open();
  await firstWords();
  settings.language = 'ko';
  t();
  await settle();
  const again = say.mock.calls[0]![1] as () => void;
  again();
  await settle();
  expect(asked).toEqual(['en', 'ko', 'ko']);
  expect(say).toHaveBeenCalledTimes(2);
  lost.clear();
  (say.mock.calls[1]![1] as () => void)();
  await settle();
  expect(t().appName).toBe('돈고백');
});
