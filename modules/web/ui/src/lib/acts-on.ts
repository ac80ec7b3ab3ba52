import { acts } from './api/safety';
import type { ModerationAct, ModerationTarget } from './api/types';

/** So far back it is looked for: acts on one account are few. */
const pages = 4;
const size = 50;

/** The last act by which something was hidden; null where it is not found. */
export async function actOn(kind: ModerationTarget, id: number): Promise<ModerationAct | null> {
  let before = 0;
  for (let page = 0; page < pages; page++) {
    const read = await acts.page(before, size);
    const found = read.find((act) => act.action === 'HIDE' && act.targetType === kind && act.targetId === id);
    if (found) return found;
    const last = read.at(-1);
    if (!last || read.length < size) return null;
    before = last.actId;
  }
  return null;
}
