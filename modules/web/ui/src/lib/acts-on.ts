import { acts } from './api/safety';
import type { ModerationAct, ModerationTarget } from './api/types';
import { session } from './session.svelte';

/** So far back it is looked for: acts on one account are few. */
const pages = 4;
const size = 50;
/** What is shown together asks together. */
const fresh = 5_000;

let read: { of: number | undefined; at: number; acts: Promise<ModerationAct[]> } | null = null;

async function readActs(): Promise<ModerationAct[]> {
  const all: ModerationAct[] = [];
  for (let page = 0; page < pages; page++) {
    const next = await acts.page(all.at(-1)?.actId ?? 0, size);
    all.push(...next);
    if (next.length < size) break;
  }
  return all;
}

/** The last act by which something was hidden; null where it is not found. */
export async function actOn(kind: ModerationTarget, id: number): Promise<ModerationAct | null> {
  const of = session.user?.userId;
  if (!read || read.of !== of || Date.now() - read.at > fresh) {
    const asked = { of, at: Date.now(), acts: readActs() };
    read = asked;
    asked.acts.catch(() => {
      if (read === asked) read = null;
    });
  }
  const known = await read.acts;
  return known.find((act) => act.action === 'HIDE' && act.targetType === kind && act.targetId === id) ?? null;
}
