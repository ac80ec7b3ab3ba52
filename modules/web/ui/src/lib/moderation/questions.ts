import type { ReportCase } from '../api/types';
import type { Question } from './ask';
import { mainReason, type Choice } from './deciding';
import { w } from './words';

type Asked = Omit<Question, 'send'>;

/** The reasons that a moderator can take over, what most people reported it for first. */
export function suggestions(first: ReportCase['reasons'][number]['reason'] | null = null): string[] {
  const { reasons } = w();
  const all = Object.entries(reasons).filter(([name]) => name !== 'OTHER');
  return all.sort(([a], [b]) => Number(b === first) - Number(a === first)).map(([, text]) => text);
}

export const toHide = (kind: 'FEED' | 'COMMENT', first: ReturnType<typeof mainReason> = null): Asked => ({
  title: w().hideTitle[kind],
  hint: w().hideHint,
  action: w().choices.hide,
  suggestions: suggestions(first)
});
export const toRestore = (kind: 'FEED' | 'COMMENT'): Asked => ({
  title: w().restoreTitle[kind],
  hint: w().restoreHint,
  action: w().choices.restore
});
export const toSuspend = (first: ReturnType<typeof mainReason> = null): Asked => ({
  title: w().suspendTitle,
  hint: w().suspendHint,
  action: w().choices.suspend,
  suggestions: [...suggestions(first), w().flooding],
  until: true
});
export const toStop = (first: ReturnType<typeof mainReason> = null): Asked => ({
  title: w().stopTitle,
  hint: w().stopHint,
  action: w().choices.stopAuthor,
  suggestions: [...suggestions(first), w().flooding]
});
export const toLift = (): Asked => ({ title: w().liftTitle, hint: w().liftHint, action: w().lift });

/** What is asked before a decision; null where nothing is. */
export function questionOf(choice: Choice, of: ReportCase): Asked | null {
  const kind = of.targetType === 'COMMENT' ? 'COMMENT' : 'FEED';
  const kept = { title: w().keepTitle, hint: w().keepHint, action: w().choices[choice] };
  switch (choice) {
    case 'hide':
      return toHide(kind, mainReason(of));
    case 'keepHidden':
      return of.objectionTo ? kept : { ...toHide(kind, mainReason(of)), title: w().keepTitle };
    case 'refuse':
      return kept;
    case 'restore':
      return of.objectionTo ? { ...toRestore(kind), title: w().followTitle, optional: true } : { ...toRestore(kind), optional: true };
    case 'follow':
      return { ...kept, title: w().followTitle, optional: true };
    case 'suspend':
      return toSuspend(mainReason(of));
    case 'stopAuthor':
      return toStop(mainReason(of));
    case 'leave':
    case 'release':
    case 'stopGuest':
      return null;
  }
}
