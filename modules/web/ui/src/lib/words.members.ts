import { settings } from './settings.svelte';
import { en } from './words/en';
import { ko, type Words } from './words/ko';

/** As `t()` of `i18n.svelte`. */
export function m(): Words {
  return settings.language === 'ko' ? ko : en;
}

/** The sentence of a status that an address names; nothing for what is none. */
export function sentence(status: string | null, until: string): string {
  const { statuses } = m();
  return status !== null && Object.hasOwn(statuses, status) ? statuses[status as keyof typeof statuses](until) : '';
}
