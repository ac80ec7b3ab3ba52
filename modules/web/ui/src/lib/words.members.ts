import { explain } from './notices.svelte';
import { PasskeyError } from './passkeys';
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

/** Why it was not done, also where an authenticator was asked. */
export function whyNot(error: unknown): string {
  return error instanceof PasskeyError ? m().passkeyWhy[error.why] : explain(error);
}
