/** For how many days an account is suspended, where a moderator does not choose a day. */
export const spans = [3, 7, 30];

const iso = (day: Date) =>
  `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`;

/** The day so many days after this one, by this browser's calendar: the server's may be a day apart. */
export function dayAfter(days: number, now = new Date()): string {
  return iso(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days));
}
