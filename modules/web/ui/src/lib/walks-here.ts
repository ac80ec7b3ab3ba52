const key = 'walks';

/** For which account this browser's walker was begun. Nothing else ties them, and it does not leave the browser. */
export function keptFor(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
export function keepFor(account: string | null): void {
  try {
    if (account === null) localStorage.removeItem(key);
    else localStorage.setItem(key, account);
  } catch {
    // Where nothing can be kept the walker is begun anew at each visit.
  }
}
