import { settings } from '$lib/settings.svelte';
import { en } from './words.en';
import { ko, type Words } from './words.ko';

/** As `t()` of `i18n.svelte`, for who runs the node. */
export function n(): Words {
  return settings.language === 'ko' ? ko : en;
}
