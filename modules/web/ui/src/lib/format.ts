import type { LanguageCode } from './settings.svelte';

const units: [number, string][] = [
  [1e12, '조'],
  [1e8, '억'],
  [1e4, '만']
];

/** Axis labels, written as names are: 1.25억, 1256만, 9,500. */
export function shortWon(amount: number): string {
  const size = Math.abs(amount);
  for (const [unit, name] of units) {
    if (size >= unit) {
      const value = amount / unit;
      const places = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
      return `${Number(value.toFixed(places))}${name}`;
    }
  }
  // Never -0.
  return (Math.round(amount) + 0).toLocaleString('en-US');
}

/** What a name is worth, for who reads no Korean units: ₩12.6M of 1256만; null for a name of words. */
export function inMillions(name: string): string | null {
  const [, amount, unit] = /^(-?[\d.]+)(조|억|만|원)$/.exec(name) ?? [];
  if (amount === undefined) return null;
  const worth = Number(amount) * (units.find(([, each]) => each === unit)?.[0] ?? 1);
  const short = new Intl.NumberFormat('en', { notation: 'compact', minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return `₩${short.format(worth)}`.replace('₩-', '-₩');
}

/**
 * The name of an amount: the biggest unit that fits, below 10 of it one decimal, from 10 on none, rounded half up, ties
 * away from zero; what rounds up to the next form is written in it. As the server's, which names people by it.
 */
export function nameOf(amount: number): string {
  const size = Math.abs(amount);
  const sign = amount < 0 ? '-' : '';
  const at = units.findIndex(([unit]) => size >= unit);
  const found = units[at];
  if (!found) return `${sign}${size}원`;
  const [unit, name] = found;
  // Exact: no amount is above 2^53 − 1.
  const times = (by: number) => Math.floor(size / by) + (size % by >= by / 2 ? 1 : 0);
  const tenths = times(unit / 10);
  if (tenths < 100) return `${sign}${(tenths / 10).toFixed(1)}${name}`;
  const whole = times(unit);
  const next = units[at - 1]?.[0];
  return next !== undefined && whole * unit >= next ? `${sign}${nameOf(next)}` : `${sign}${whole}${name}`;
}

/** A change in per cent: +1.20 %, −0.10 %. */
export const percent = (change: number): string =>
  `${change > 0 ? '+' : change < 0 ? '−' : ''}${Math.abs(change).toFixed(2)} %`;

export function won(amount: number, language: LanguageCode): string {
  const size = Math.abs(amount).toLocaleString('en-US');
  return `${amount < 0 ? '-' : ''}${language === 'ko' ? `${size}원` : `₩${size}`}`;
}

export function signed(number: number, text: string): string {
  return number > 0 ? `+${text}` : text;
}

/** 방금 전, 6분 전, 6시간 전, 3일 전, then the date. */
export function ago(moment: string, now: number, language: LanguageCode): string {
  const then = Date.parse(moment);
  const seconds = Math.max(0, Math.floor((now - then) / 1000));
  if (seconds < 60) return language === 'ko' ? '방금 전' : 'just now';
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'always', style: 'narrow' });
  if (seconds < 3600) return relative.format(-Math.floor(seconds / 60), 'minute');
  if (seconds < 86_400) return relative.format(-Math.floor(seconds / 3600), 'hour');
  if (seconds < 7 * 86_400) return relative.format(-Math.floor(seconds / 86_400), 'day');
  return new Intl.DateTimeFormat(language, { year: 'numeric', month: 'short', day: 'numeric' }).format(then);
}

export function fullTime(moment: string, language: LanguageCode): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(Date.parse(moment));
}

/** The time of day, with its date where it is not of today: 14:05, 11월 27일 14:05. */
export function asOf(at: number, language: LanguageCode, now = Date.now()): string {
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const today = new Date(at).toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat(language, today ? time : { month: 'short', day: 'numeric', ...time }).format(at);
}

/** How much of something long has come: 0.3 MB, 12.0 MB. */
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

export function day(moment: string, language: LanguageCode): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(Date.parse(moment));
}
