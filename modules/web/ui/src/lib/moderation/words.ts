import { settings } from '../settings.svelte';
import { en } from './words.en';
import { ko, type Words } from './words.ko';

/** As `t()` of `i18n.svelte`, for who moderates. */
export function w(): Words {
  return settings.language === 'ko' ? ko : en;
}
