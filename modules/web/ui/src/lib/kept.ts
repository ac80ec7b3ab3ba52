// What outlasts the way through a provider or a mail and back.

function read(storage: () => Storage, key: string): string | null {
  try {
    return storage().getItem(key);
  } catch {
    return null;
  }
}
function write(storage: () => Storage, key: string, value: string | null): void {
  try {
    if (value === null) storage().removeItem(key);
    else storage().setItem(key, value);
  } catch {
    // Where nothing can be kept it is typed again.
  }
}
const here = () => localStorage;
const tab = () => sessionStorage;

const day = 86_400_000;

/** An invitation that somebody came with: kept for a day, for all tabs, because a mail's link opens in another. */
export function keepInvitation(code: string | null): void {
  const plain = code?.trim().slice(0, 200);
  if (plain) write(here, 'invitation', JSON.stringify({ code: plain, at: Date.now() }));
}
export const forgetInvitation = (): void => write(here, 'invitation', null);
export function invitation(): string {
  try {
    const { code, at } = JSON.parse(read(here, 'invitation') ?? '{}') as { code?: unknown; at?: unknown };
    return typeof code === 'string' && typeof at === 'number' && Math.abs(Date.now() - at) < day ? code : '';
  } catch {
    return '';
  }
}

/** Where this tab goes after signing in. */
export const keepReturn = (address: string): void => write(tab, 'return', address === '/' ? null : address);
/** Once. */
export function takeReturn(): string | null {
  const address = read(tab, 'return');
  write(tab, 'return', null);
  return address;
}

/** The guest whose session came to its end in this tab, by itself: nobody ever can be that guest again. */
export const keepEnded = (guest: string | null): void => write(tab, 'ended', guest);
/** Once. */
export function takeEnded(): string | null {
  const guest = read(tab, 'ended');
  write(tab, 'ended', null);
  return guest;
}

/** The address that a mail has gone to. */
export const keepMailed = (email: string | null): void => write(tab, 'mailed', email);
export const mailed = (): string | null => read(tab, 'mailed');
