/** Longest post or comment, in Unicode code points, as the server counts them. */
export const textLimit = 600;

/** More than this a field does not take, in UTF-16 units: laying out 100 kB at every key takes a phone many seconds. */
export const fieldLimit = 5_000;

export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** What the server would refuse is taken out as it is pasted: controls but line breaks and tabs, lone surrogates. */
export function clean(text: string): string {
  let kept = '';
  for (const character of text.replace(/\r\n?/g, '\n')) {
    const code = character.codePointAt(0)!;
    const control = (code < 0x20 && character !== '\n' && character !== '\t') || (code >= 0x7f && code < 0xa0);
    const loneSurrogate = code >= 0xd800 && code < 0xe000;
    if (!control && !loneSurrogate) kept += character;
  }
  return kept;
}

export function isBlank(text: string): boolean {
  return /^[\s\p{Cf}\u115f\u1160\u3164\uffa0\u2800]*$/u.test(text);
}

/** The text as it is sent: without blank lines before and after it, and without what no one sees at its end. */
export function tidy(text: string): string {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => !isBlank(line));
  if (first < 0) return '';
  while (isBlank(lines.at(-1)!)) lines.pop();
  return lines.slice(first).join('\n').trimEnd();
}

/** A key for one attempt at one thing; repeated with it, the server acts once. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
