/** A start tag, with its attributes still as they were written. */
export interface Tag {
  name: string;
  attributes: string;
}
export interface Heard {
  start(tag: Tag): void;
  end(name: string): void;
}

/** A tag that is longer than this is gone past without being kept. */
const longestTag = 65_536;
/** Long enough to tell what a `<` begins. */
const opening = 9;

const wholeTag = /<[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>/y;
const inTag = /["'>]/g;
const subsetEnd = /\]\s*>|<!--/g;

type State = 'text' | 'comment' | 'cdata' | 'instruction' | 'doctype' | 'subset' | 'subset-comment' | 'long-tag';

const enders: Partial<Record<State, string>> = {
  comment: '-->',
  'subset-comment': '-->',
  cdata: ']]>',
  instruction: '?>'
};

/**
 * The tags of an XML text that comes in pieces. It keeps no more than one tag, follows no address, and knows no entity
 * but those that every XML text has: what a document declares for itself is gone past. It does not judge whether the
 * text is well-formed.
 */
export class XmlTags {
  #heard: Heard;
  #rest = '';
  #state: State = 'text';
  /** The quote that a tag too long to be kept is within. */
  #quote = '';

  constructor(heard: Heard) {
    this.#heard = heard;
  }

  push(piece: string): void {
    const text = this.#rest + piece;
    this.#rest = text.slice(this.#read(text));
  }

  /** How far it was read; what is left is to come again with what follows it. */
  #read(text: string): number {
    for (let at = 0; ; ) {
      const next = this.#step(text, at);
      if (next < 0) return -next - 1;
      at = next;
    }
  }

  /** Reads one thing; where it goes on, or, for want of text, where to begin again, as `-1 - at`. */
  #step(text: string, at: number): number {
    const wait = (from: number) => -1 - from;
    const ender = enders[this.#state];
    if (ender !== undefined) {
      const end = text.indexOf(ender, at);
      if (end < 0) return wait(Math.max(at, text.length - ender.length + 1));
      this.#state = this.#state === 'subset-comment' ? 'subset' : 'text';
      return end + ender.length;
    }
    if (this.#state === 'doctype') return this.#doctype(text, at, wait);
    if (this.#state === 'subset') {
      subsetEnd.lastIndex = at;
      const end = subsetEnd.exec(text);
      // A `]` may wait for its `>`, after a few blanks, and a `<!--` for its end.
      if (!end) return wait(Math.max(at, text.length - opening));
      this.#state = end[0] === '<!--' ? 'subset-comment' : 'text';
      return subsetEnd.lastIndex;
    }
    if (this.#state === 'long-tag') return this.#longTag(text, at, wait);
    const start = text.indexOf('<', at);
    if (start < 0) return wait(text.length);
    return this.#begun(text, start, wait);
  }

  /** At a `<`. */
  #begun(text: string, at: number, wait: (from: number) => number): number {
    const begins = (word: string) => text.startsWith(word, at);
    const known: [string, State][] = [
      ['<!--', 'comment'],
      ['<![CDATA[', 'cdata'],
      ['<?', 'instruction'],
      ['<!', 'doctype']
    ];
    if (text.charCodeAt(at + 1) === 33 /* ! */ && text.length - at < opening) return wait(at);
    if (text.length - at < 2) return wait(at);
    for (const [word, state] of known) {
      if (!begins(word)) continue;
      this.#state = state;
      return at + word.length;
    }
    wholeTag.lastIndex = at;
    if (!wholeTag.test(text)) {
      if (text.length - at <= longestTag) return wait(at);
      this.#state = 'long-tag';
      this.#quote = '';
      return at + 1;
    }
    const end = wholeTag.lastIndex;
    if (end - at <= longestTag) this.#tell(text.slice(at + 1, end - 1));
    return end;
  }

  #tell(inner: string): void {
    if (inner.startsWith('/')) {
      this.#heard.end(inner.slice(1).trim());
      return;
    }
    const closed = inner.endsWith('/');
    const body = closed ? inner.slice(0, -1) : inner;
    const blank = body.search(/\s/);
    const name = blank < 0 ? body : body.slice(0, blank);
    this.#heard.start({ name, attributes: blank < 0 ? '' : body.slice(blank) });
    if (closed) this.#heard.end(name);
  }

  #doctype(text: string, at: number, wait: (from: number) => number): number {
    for (let i = at; i < text.length; i++) {
      const sign = text[i];
      if (sign !== '[' && sign !== '>') continue;
      this.#state = sign === '[' ? 'subset' : 'text';
      return i + 1;
    }
    return wait(text.length);
  }

  #longTag(text: string, at: number, wait: (from: number) => number): number {
    if (this.#quote) {
      const end = text.indexOf(this.#quote, at);
      if (end < 0) return wait(text.length);
      this.#quote = '';
      return end + 1;
    }
    inTag.lastIndex = at;
    const sign = inTag.exec(text)?.[0];
    if (sign === undefined) return wait(text.length);
    if (sign === '>') this.#state = 'text';
    else this.#quote = sign;
    return inTag.lastIndex;
  }
}

const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** What an attribute says; an entity that not every XML text has stays as it is written. */
function plain(written: string): string {
  if (!written.includes('&')) return written;
  return written.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal: string, hex: string, name: string) => {
    if (name) return named[name] ?? whole;
    const point = decimal ? parseInt(decimal, 10) : parseInt(hex, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

const attribute = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The wanted ones of a tag's attributes. */
export function attributesOf(tag: Tag, wanted: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name = '', double, single] of tag.attributes.matchAll(attribute)) {
    if (wanted.includes(name)) found[name] = plain(double ?? single ?? '');
  }
  return found;
}
