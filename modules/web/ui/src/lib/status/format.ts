import type { LanguageCode } from '$lib/settings.svelte';

/** 0 B, 12 KB, 3.4 MB, 58 GB, in thousands as disks are sold. */
export function bytes(amount: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let value = amount;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** How long an answer took: 0.4 ms, 12 ms, 1.2 s. The last bucket has no end. */
export function took(ms: number): string {
  if (ms >= 5000) return '≥ 5 s';
  if (ms >= 999.5) return `${(ms / 1000).toFixed(1)} s`;
  return `${ms < 9.95 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

/** How long something has lasted, by its two largest units: 3일 4시간, 12분, 40초. */
export function lasting(seconds: number, language: LanguageCode): string {
  const whole = Math.max(0, Math.floor(seconds));
  const units: [number, string, string][] = [
    [86_400, '일', '\u00a0d'],
    [3600, '시간', '\u00a0h'],
    [60, '분', '\u00a0min'],
    [1, '초', '\u00a0s']
  ];
  const first = units.findIndex(([size]) => whole >= size);
  if (first < 0) return language === 'ko' ? '0초' : '0\u00a0s';
  // Nobody wants the seconds of an hour.
  const shown = units.slice(first, whole >= 60 && whole < 3600 ? first + 1 : first + 2);
  let rest = whole;
  return shown
    .map(([size, ko, en]) => {
      const times = Math.floor(rest / size);
      rest %= size;
      return times > 0 ? `${times}${language === 'ko' ? ko : en}` : '';
    })
    .filter(Boolean)
    .join(' ');
}

/** Requests a minute: below ten with a decimal, where that says something. */
export function perMinute(requests: number, seconds: number): string {
  const rate = seconds > 0 ? (requests * 60) / seconds : 0;
  return rate < 9.95 ? String(Number(rate.toFixed(1))) : Math.round(rate).toLocaleString('en-US');
}
