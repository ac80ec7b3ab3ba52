/** The name of the mark in this browser's storage: who was last signed in. */
export const mark = 'account';

/** An account, as far as it is remembered. */
export interface Who {
  id: number;
  guest: boolean;
}

/** Who was last signed in in this browser; nobody where that is not known, or can not be kept. */
export function lastHere(): Who | null {
  try {
    const parts = /^(\d+)( guest)?$/.exec(localStorage.getItem(mark) ?? '');
    return parts ? { id: Number(parts[1]), guest: parts[2] !== undefined } : null;
  } catch {
    return null;
  }
}

export function remember(who: Who | null): void {
  try {
    if (who) localStorage.setItem(mark, `${who.id}${who.guest ? ' guest' : ''}`);
    else localStorage.removeItem(mark);
  } catch {
    // Where nothing can be kept, the server is asked.
  }
}

/** Whose unfinished texts are shown where nobody is known; in pages of before, those of all guests of a browser. */
export const nobody = 'guest';
/** Whose unfinished texts somebody sees: their own, guests too, for the next guest here may be somebody else. */
export const ownerOf = (who: Who | null): string => (who === null ? nobody : `${who.guest ? 'guest-' : ''}${who.id}`);
