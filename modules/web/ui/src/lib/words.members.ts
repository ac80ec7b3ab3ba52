import { settings } from './settings.svelte';
import { en } from './words/en';
import { ko, type Words } from './words/ko';

/** As `t()` of `i18n.svelte`. */
export function m(): Words {
  return settings.language === 'ko' ? ko : en;
}
