import { t } from './i18n.svelte';
import { notices } from './notices.svelte';

/** Whether this device has a sheet to share by. */
export const canShare = (): boolean => typeof navigator.share === 'function';

/** By the device's own sheet. That somebody closes it is no failure. */
export async function share(path: string): Promise<void> {
  try {
    await navigator.share({ url: new URL(path, location.origin).href });
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'AbortError')) await copyLink(path);
  }
}

export async function copyLink(path: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(new URL(path, location.origin).href);
    notices.say(t().copied);
  } catch {
    // Without a secure origin there is no clipboard.
    notices.say(t().notCopied);
  }
}

/** What an entry's menu offers of it. */
export const sharing = (path: string) => [
  { text: t().copyLink, act: () => void copyLink(path) },
  ...(canShare() ? [{ text: t().share, act: () => void share(path) }] : [])
];
