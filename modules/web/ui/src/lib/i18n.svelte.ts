import { base } from '$app/paths';
import { version } from '$app/environment';
import { network } from './network';
import { settings, type LanguageCode } from './settings.svelte';
import type { Texts } from './words/page.ko';

const files = { ko: () => import('./words/page.ko'), en: () => import('./words/page.en') };
/** Of the languages that were shown since the page was opened. */
let known = $state.raw<Partial<Record<LanguageCode, Texts>>>({});
const asked: Partial<Record<LanguageCode, Promise<void>>> = {};

/** Texts that did not come are not asked for again before, however often they are wanted; unless somebody says so. */
const patience = 30_000;
let attempts = 0;
/** Languages of which it is said that they did not come, with what ends that. */
const missed = new Map<LanguageCode, () => void>();
let say: (text: string, again: () => void) => () => void = () => () => {};
/** Who says that the chosen language did not come, with what asks for it again; answers what ends it when it has come. */
export function onMissing(by: typeof say): void {
  say = by;
}

/** The operator's own name for it. */
function asNetwork(language: LanguageCode, words: Texts): Texts {
  const name = network[language];
  if (!name) return words;
  return { ...words, appName: name, emptyFeed: language === 'ko' ? `${name}의 첫 글을 남겨 보세요.` : `Write the first post of ${name}.` };
}

async function load(language: LanguageCode): Promise<Texts> {
  try {
    return (await files[language]()).words;
  } catch (error) {
    if (!import.meta.env.PROD) throw error;
    // Some browsers remember of an address that nothing came from it. The file's name is vite.config.ts's.
    const file = `${base}/_app/immutable/chunks/words-${language}-${version}.js?${++attempts}`;
    return ((await import(/* @vite-ignore */ file)) as { words: Texts }).words;
  }
}

/** Loads the texts of a language, once however many ask. */
function learn(language: LanguageCode): Promise<void> {
  const asking = (asked[language] ??= load(language).then(
    (words) => {
      known = { ...known, [language]: asNetwork(language, words) };
      missed.get(language)?.();
      missed.delete(language);
    },
    (error: unknown) => {
      setTimeout(() => asked[language] === asking && delete asked[language], patience);
      sayMissed(language);
      throw error;
    }
  ));
  return asking;
}

/** Once, in the language that is here. */
function sayMissed(language: LanguageCode): void {
  if (!speaks() || missed.has(language)) return;
  missed.set(
    language,
    say(t().inOtherWords, () => {
      delete asked[language];
      missed.delete(language);
      void learn(language).catch(() => {});
    })
  );
}

/** Before anything is shown. Whoever cannot have the texts in their language has them in the other, until they can. */
export async function firstWords(): Promise<void> {
  const wanted = settings.language;
  await learn(wanted).catch(async () => {
    await learn(wanted === 'ko' ? 'en' : 'ko');
    sayMissed(wanted);
  });
}

/** Whether there are texts in any language. */
export const speaks = (): boolean => (known.ko ?? known.en) !== undefined;

/** The texts in the chosen language; read inside markup so that a change shows at once, or when they are here. */
export function t(): Texts {
  const texts = known[settings.language];
  if (texts) return texts;
  void learn(settings.language).catch(() => {});
  return (known.ko ?? known.en)!;
}
