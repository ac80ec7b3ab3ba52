// Words as core/search finds them (text::searchable): letters composed, case folded, punctuation separates.

/** What separates words, as the server's `text::searchable` has it. */
export const separates = /[\p{P}\p{Z}\p{Cc}\p{Cf}\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;

/** Full case folding, nearly: `Straße` is `strasse`. */
const folded = (character: string) => character.toUpperCase().toLowerCase();

/** The words of a query, each once. */
export function wordsOf(query: string): string[] {
  const parts = [...query.normalize('NFC')].map((each) => (separates.test(each) ? ' ' : folded(each)));
  return [...new Set(parts.join('').normalize('NFC').split(' ').filter(Boolean))];
}

/** Whether the server would search for it: one word has two characters. */
export const isSearchable = (query: string): boolean => wordsOf(query).some((word) => [...word].length > 1);

/** A part of a text: found, or between. */
export interface Part {
  text: string;
  found: boolean;
}

/** The text in parts, those marked in which a word of the query stands. */
export function partsOf(text: string, query: string): Part[] {
  const words = wordsOf(query);
  if (words.length === 0) return [{ text, found: false }];
  let plain = '';
  /** Of each unit of `plain` the character of the text that it is of. */
  const origins: number[] = [];
  const characters = [...text];
  characters.forEach((character, at) => {
    const made = separates.test(character) ? ' ' : folded(character);
    plain += made;
    for (let unit = 0; unit < made.length; unit++) origins.push(at);
  });
  const marked = new Array<boolean>(characters.length).fill(false);
  for (const word of words) {
    for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + word.length)) {
      for (let unit = at; unit < at + word.length; unit++) marked[origins[unit]!] = true;
    }
  }
  const parts: Part[] = [];
  characters.forEach((character, at) => {
    const last = parts.at(-1);
    if (last && last.found === marked[at]) last.text += character;
    else parts.push({ text: character, found: marked[at]! });
  });
  return parts;
}
