/** Longest post or comment, in Unicode code points, as the server counts them. */
export const textLimit = 600;

/** More than this a field does not take, in UTF-16 units: laying out 100 kB at every key takes a phone many seconds. */
export const fieldLimit = 5_000;

export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

const withLineFeeds = (text: string) => text.replace(/\r\n?/g, '\n');

/** What the server would refuse is taken out as it is pasted: controls but line breaks and tabs, lone surrogates. */
export function clean(text: string): string {
  let kept = '';
  for (const character of withLineFeeds(text)) {
    const code = character.codePointAt(0)!;
    const control = (code < 0x20 && character !== '\n' && character !== '\t') || (code >= 0x7f && code < 0xa0);
    const loneSurrogate = code >= 0xd800 && code < 0xe000;
    if (!control && !loneSurrogate) kept += character;
  }
  return kept;
}

/** The form the server stores: line feeds, and letters composed, so that a syllable counts as one however it was typed. */
export function composed(text: string): string {
  return withLineFeeds(text).normalize('NFC');
}

// The server's `is_unseen` (core/feed/text.cpp); text.cases.json is tested against both.
const unseen =
  /^[\t-\r \x85\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{13430}-\u{1343f}\u{1bca0}-\u{1bca3}\u{1d159}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]*$/u;

/** Whether there is nothing to be seen in it. */
export function isBlank(text: string): boolean {
  return unseen.test(text);
}

/** The text as it is sent: composed, without blank lines before and after it, and without what no one sees at its end. */
export function tidy(text: string): string {
  const lines = composed(text).split('\n');
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
