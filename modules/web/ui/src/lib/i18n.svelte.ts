import { network } from './network';
import { settings, type LanguageCode } from './settings.svelte';
import type { Texts } from './words/page.ko';

const files = { ko: () => import('./words/page.ko'), en: () => import('./words/page.en') };
/** Of the languages that were shown since the page was opened. */
let known = $state.raw<Partial<Record<LanguageCode, Texts>>>({});
const asked: Partial<Record<LanguageCode, Promise<void>>> = {};

/** The operator's own name for it. */
function asNetwork(language: LanguageCode, words: Texts): Texts {
  const name = network[language];
  if (!name) return words;
  return { ...words, appName: name, emptyFeed: language === 'ko' ? `${name}의 첫 글을 남겨 보세요.` : `Write the first post of ${name}.` };
}

/** Loads the texts of a language, once however many ask. */
function learn(language: LanguageCode): Promise<void> {
  return (asked[language] ??= files[language]().then(
    ({ words }) => void (known = { ...known, [language]: asNetwork(language, words) }),
    (error: unknown) => {
      delete asked[language];
      throw error;
    }
  ));
}

/** Before anything is shown. Whoever cannot have the texts in their language has them in the other, until they can. */
export const firstWords = (): Promise<void> =>
  learn(settings.language).catch(() => learn(settings.language === 'ko' ? 'en' : 'ko'));

/** The texts in the chosen language; read inside markup so that a change shows at once, or when they are here. */
export function t(): Texts {
  const texts = known[settings.language];
  if (texts) return texts;
  void learn(settings.language).catch(() => {});
  return (known.ko ?? known.en)!;
}
