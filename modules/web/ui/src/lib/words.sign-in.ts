import { explain } from './notices.svelte';
import { PasskeyError } from './passkeys';
import { settings } from './settings.svelte';
import { en } from './words/sign-in.en';
import { ko, type SignInWords } from './words/sign-in.ko';

/** As `t()` of `i18n.svelte`. */
export function a(): SignInWords {
  return settings.language === 'ko' ? ko : en;
}

/** The sentence of a status that an address names; nothing for what is none. */
export function sentence(status: string | null, until: string): string {
  const { statuses } = a();
  return status !== null && Object.hasOwn(statuses, status) ? statuses[status as keyof typeof statuses](until) : '';
}

/** Why it was not done, also where an authenticator was asked. */
export function whyNot(error: unknown): string {
  return error instanceof PasskeyError ? a().passkeyWhy[error.why] : explain(error);
}
