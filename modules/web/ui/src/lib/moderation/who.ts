import { session } from '../session.svelte';
import { w } from './words';

/** Who did something: oneself, an operator at the command line, or an account by its number. */
export function whoDid(by: number | null): string {
  if (by === null) return w().unknown;
  if (by === 0) return w().operator;
  return session.isMe(by) ? w().me : w().account(by);
}
