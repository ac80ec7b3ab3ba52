/** The name of the mark in this browser's storage. */
export const mark = 'here';

/** Whether somebody may be signed in in this browser. When it remembers nobody, asking the server is not worth a call. */
export function wasHere(): boolean {
  try {
    return localStorage.getItem(mark) !== null;
  } catch {
    return true;
  }
}

export function remember(here: boolean): void {
  try {
    if (here) localStorage.setItem(mark, '1');
    else localStorage.removeItem(mark);
  } catch {
    // Where nothing can be kept, the server is asked.
  }
}
