import type { LanguageCode } from '$lib/settings.svelte';

/** Days are `2026-11-27`, as the walker's own calendar has them; none of this looks at a time zone. */

const pad = (number: number, length = 2): string => String(number).padStart(length, '0');

/** Which day a moment is on where this browser is. */
export const dayOf = (moment: Date): string =>
  `${pad(moment.getFullYear(), 4)}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())}`;

const utc = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** Whether a text is a day that there is. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(utc(text)) && new Date(utc(text)).toISOString().startsWith(text);

export const daysAfter = (day: string, days: number): string =>
  new Date(utc(day) + days * 86_400_000).toISOString().slice(0, 10);

export const daysBetween = (from: string, to: string): number => Math.round((utc(to) - utc(from)) / 86_400_000);

/** From 0, Monday, to 6. */
export const weekdayOf = (day: string): number => (new Date(utc(day)).getUTCDay() + 6) % 7;

const formatted = (options: Intl.DateTimeFormatOptions) => (day: string, language: LanguageCode) =>
  new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }).format(utc(day));

/** 11월 27일 (금). */
export const dayName = formatted({ month: 'long', day: 'numeric', weekday: 'short' });
export const fullDayName = formatted({ year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' });
/** 2026. 11. 27. */
export const shortFullDayName = formatted({ year: 'numeric', month: 'numeric', day: 'numeric' });
export const shortDayName = formatted({ month: 'numeric', day: 'numeric' });
export const monthName = formatted({ year: 'numeric', month: 'short' });

/** 월 … 일; Mon … Sun. */
export const weekdayName = (weekday: number, language: LanguageCode): string =>
  new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + weekday));

export const counted = (steps: number): string => steps.toLocaleString('en-US');
