/** Unfinished texts, kept in this browser until they are sent or emptied. */
export const prefix = 'draft:';
export const lifetime = 14 * 86_400_000;

/** A text without an answer. With `key`, another attempt must use the same. */
export interface Sent {
  text: string;
  key?: string | undefined;
  /** When the key was first sent, by this device's clock; nothing where that is not known. */
  first?: number | undefined;
  /** To be said without one's name. */
  unlinked?: true | undefined;
  /** What the entry said when its edit began, with which it is known whether another came between; empty: not one text. */
  from?: string | undefined;
}

/**
 * What one open page has typed into one field. Nobody else writes under its name, so pages cannot write over one another,
 * however late they learn of each other; what there is in a field is all records of it together.
 */
export interface Kept {
  text: string;
  unlinked?: true;
  /** Of an edit: what the entry said when it began. */
  from?: string;
  /** When it was typed. */
  at: number;
  version: number;
  /** Of other pages' records the versions that this one was made from: it stands in their place. */
  over: Record<string, number>;
  sent?: Sent;
  /** That is on its way. */
  way?: true;
  /** What the server has, said to pages that show it too. */
  done?: string;
  /** That page is gone, and this will not change any more. */
  left?: true;
}

export function parse(value: string | null): Kept | null {
  try {
    return JSON.parse(value ?? 'null') as Kept | null;
  } catch {
    return null;
  }
}

/** Each text once, without those that are part of another. */
export function together(texts: Sent[]): Sent {
  const whole = texts.filter(
    ({ text }, at) => !texts.some((other, place) => place !== at && other.text.includes(text) && (other.text !== text || place < at))
  );
  const [only] = whole;
  // Where one of them was not to bear one's name, nor does the whole, also of two that say the same.
  const unlinked = texts.some((each) => each.unlinked) || undefined;
  // Where they began from different texts, one of them at least is not the entry's.
  const from = texts.every((each) => each.from === only?.from) ? only?.from : '';
  if (whole.length === 1 && only?.unlinked === unlinked) return { ...only!, from };
  return { text: whole.map(({ text }) => text).join('\n\n'), unlinked, from };
}

/** Guests never come back: nobody would open the fields that some of them have left. */
export function forgetOld(): void {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix) && Date.now() - (parse(localStorage.getItem(key))?.at ?? 0) >= 2 * lifetime) localStorage.removeItem(key);
    }
  } catch {
    // Nothing is kept, then.
  }
}
