import { navigating, updated } from '$app/state';

import { drafts } from './drafts';
import { speaks, t } from './i18n.svelte';
import { notices } from './notices.svelte';

/** When this tab last began anew by itself. */
const mark = 'renewed';
/** Sooner it does not again: where the new page lacks its parts too, that would go on for ever. */
const pause = 60_000;

/** What is typed and kept nowhere else, or goes on and would be cut off. */
const typedInto = 'textarea, input:not([type=checkbox], [type=radio], [type=search], [readonly])';
const underWay = 'dialog[open], [aria-busy=true] progress';

/** Whether somebody is in the middle of something: what is kept comes back, but not the words under their hands. */
function isBusy(): boolean {
  const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(typedInto);
  return drafts.needed() || document.querySelector(underWay) !== null || [...fields].some((each) => each.value !== each.defaultValue);
}

function mayBeginAnew(): boolean {
  try {
    if (Math.abs(Date.now() - Number(sessionStorage.getItem(mark))) < pause) return false;
    sessionStorage.setItem(mark, String(Date.now()));
    return true;
  } catch {
    // Where nothing is remembered it would not be known to be the second time.
    return false;
  }
}

const reload = () => location.reload();

async function renew(): Promise<void> {
  // A navigation that fails for it is made a full load by SvelteKit where there is another version: it then never ends.
  await navigating.complete?.catch(() => {});
  if (!updated.current && !(await updated.check())) return;
  if (!isBusy() && mayBeginAnew()) reload();
  // Before there are words src/app.html says it.
  else if (speaks()) notices.stay(t().renewed, reload, t().reload);
}

let renewing: Promise<void> | null = null;

/**
 * A part of the page did not come. Where that is because the server has another version by now it never will: the page
 * begins anew, or says so to who is in the middle of something. What else keeps it away is for who wanted the part to say.
 */
export const partLost = (): Promise<void> => (renewing ??= renew().finally(() => (renewing = null)));
