import { forgetOld, lifetime, parse, prefix, together, type Kept, type Sent } from './draft-records';
import { newKey, tidy } from './text';

export type { Sent };

/** A field on the screen. */
export interface Field {
  /** What it shows that is not sent. */
  shown(): string;
  /** That is in good hands elsewhere, or whoever typed it has signed out. */
  letGo(): void;
  /** A text of this field did not arrive, or nobody knows. */
  comeBack(sent: Sent): void;
}

/** This page's name among the records. */
let here = newKey();
let owner = '';
const mine = new Map<string, Kept>();
/** Of mine those that storage did not take. */
const unsaved = new Set<string>();
const fields = new Map<string, Field>();

const nameOf = (field: string) => `${prefix}${owner}|${field}|`;

/** The records of a field that other pages have made, by page. */
function others(name: string): Map<string, Kept> {
  const found = new Map<string, Kept>();
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(name) || key === name + here) continue;
      const kept = parse(localStorage.getItem(key));
      if (kept && Date.now() - kept.at < lifetime) found.set(key.slice(name.length), kept);
    }
  } catch {
    // Nothing is kept, then.
  }
  return found;
}

/** Whether it is stored, too. Where storage is full or refused, the text is in its field and here. */
function save(name: string, kept: Kept): boolean {
  mine.set(name, kept);
  const needed = kept.text !== '' || kept.sent || kept.done !== undefined || Object.keys(kept.over).length > 0;
  try {
    if (needed) localStorage.setItem(name + here, JSON.stringify(kept));
    else localStorage.removeItem(name + here);
    unsaved.delete(name);
    return true;
  } catch {
    unsaved.add(name);
    return false;
  }
}

const onItsWay = (name: string) => mine.get(name)?.way === true;

function record(name: string): Kept {
  return mine.get(name) ?? { text: '', at: Date.now(), version: 0, over: {} };
}

/** Of a record in which nothing is typed. */
const nothing = { text: '', unlinked: undefined, from: undefined };

/** The record with something else in it; `undefined` takes a part out. */
function revise(name: string, changes: { [part in keyof Kept]?: Kept[part] | undefined }): boolean {
  const before = record(name);
  const kept = Object.fromEntries(
    Object.entries({ ...before, ...changes, version: before.version + 1 }).filter(([, value]) => value !== undefined)
  ) as unknown as Kept;
  return save(name, kept);
}

/** The records of a field, and what in them is unfinished: the newest first, and what was sent before what was typed since. */
function look(name: string): { all: [string, Kept][]; elsewhere: Map<string, Kept>; texts: Sent[] } {
  const before = mine.get(name);
  const elsewhere = others(name);
  const all: [string, Kept][] = [...elsewhere, ...(before ? [[here, before] as [string, Kept]] : [])];
  const replaced = (page: string, { version }: Kept) => all.some(([by, { over }]) => by !== page && (over[page] ?? 0) >= version);
  const texts = all
    .filter(([page, kept]) => page === here || !replaced(page, kept))
    .sort(([, one], [, other]) => other.at - one.at)
    .flatMap(([page, { text, unlinked, from, sent }]): Sent[] => [
      ...(sent && !(page === here && onItsWay(name)) ? [sent] : []),
      { text, unlinked, from }
    ])
    .filter(({ text }) => text !== '');
  return { all, elsewhere, texts };
}

/** All that is unfinished in a field becomes this page's. */
function gather(name: string): Sent {
  const before = mine.get(name);
  const { all, elsewhere, texts } = look(name);
  if (all.length === 0) return { text: '' };
  const found = together(texts);
  const sent = onItsWay(name) ? before?.sent : found.key === undefined ? undefined : found;
  const gone = [...elsewhere].filter(([, { left }]) => left).map(([page]) => page);
  const over = Object.fromEntries([...elsewhere].map(([page, { version }]) => [page, version]));
  const at = Math.max(...all.map(([, kept]) => kept.at));
  const typed = found.key === undefined ? { text: found.text, unlinked: found.unlinked, from: found.from } : nothing;
  // It is all in this record: those of pages that are gone need not be kept, nor stood in the place of.
  if (revise(name, { ...typed, at, over, sent, done: undefined })) {
    for (const page of gone) localStorage.removeItem(name + page);
    revise(name, { over: Object.fromEntries(Object.entries(over).filter(([page]) => !gone.includes(page))) });
  }
  return found;
}

export class Draft {
  /** What is unfinished in the field, and with which key it must be sent if that was tried before. */
  readonly found: Sent;
  readonly #name: string;
  readonly #field: Field;

  constructor(field: string, shown: Field) {
    this.#name = nameOf(field);
    this.#field = shown;
    this.found = gather(this.#name);
    fields.set(this.#name, shown);
  }
  /** That is typed now; `from`: what the entry said when its edit began. */
  set(text: string, unlinked = false, from?: string): void {
    const sent = onItsWay(this.#name) ? record(this.#name).sent : undefined;
    const typed = text ? { text, unlinked: unlinked || undefined, from } : nothing;
    revise(this.#name, { ...typed, at: Date.now(), sent, done: undefined });
  }
  /** The text goes to the server; it is kept apart until that has answered. */
  send(sent: Sent): void {
    revise(this.#name, { ...nothing, at: Date.now(), sent, way: true, done: undefined });
  }
  arrived(): void {
    revise(this.#name, { sent: undefined, way: undefined, done: record(this.#name).sent?.text });
  }
  /** It did not arrive, or nobody knows; with `key`, another attempt must use the same. */
  returned(sent: Sent): void {
    revise(this.#name, { sent, way: undefined });
    fields.get(this.#name)?.comeBack(sent);
  }
  /** The field is no longer on the screen; what was typed is kept. */
  close(): void {
    if (fields.get(this.#name) === this.#field) fields.delete(this.#name);
  }
}

/** Another page's record has changed. */
function told({ key, oldValue, newValue }: StorageEvent): void {
  if (!key?.startsWith(prefix)) return;
  const end = key.lastIndexOf('|') + 1;
  const [name, page] = [key.slice(0, end), key.slice(end)];
  if (page === here) {
    // Nobody else takes it away but who signs out.
    if (newValue === null && oldValue !== null) forget(name);
    return;
  }
  const kept = parse(newValue);
  const field = fields.get(name);
  const shown = tidy(field?.shown() ?? '');
  // What both show is sent once.
  const sentElsewhere = kept?.done === shown || (kept?.way && kept.sent?.text === shown);
  if (!field || shown === '' || !sentElsewhere || onItsWay(name)) return;
  revise(name, { ...nothing, sent: undefined });
  field.letGo();
}

function forget(name: string): void {
  mine.delete(name);
  fields.get(name)?.letGo();
}

/** This page goes: what it has typed is for whoever opens the field next. */
function leave(): void {
  for (const name of mine.keys()) revise(name, { left: true, done: undefined });
}

/** What it has typed so far and is not its own any more is another's from now on. */
function rename(): void {
  const before = here;
  here = newKey();
  for (const name of mine.keys()) if (revise(name, {})) localStorage.removeItem(name + before);
}

/** It comes back as it was left. Others may have taken its records over: it makes new ones. */
function comeBack({ persisted }: PageTransitionEvent): void {
  if (!persisted) return;
  here = newKey();
  for (const name of mine.keys()) revise(name, { left: undefined });
}

export const drafts = {
  /** Watches what other pages do; answers how to stop. */
  watch(): () => void {
    addEventListener('storage', told);
    addEventListener('pagehide', leave);
    addEventListener('pageshow', comeBack);
    forgetOld();
    return () => {
      removeEventListener('storage', told);
      removeEventListener('pagehide', leave);
      removeEventListener('pageshow', comeBack);
    };
  },
  /** Whether a field that is not on the screen has something unfinished. */
  has: (field: string): boolean => look(nameOf(field)).texts.length > 0,
  /** Whose texts these are from now on: what one account has typed is never shown to another. */
  belongTo(next: string): void {
    owner = next;
  },
  /** What a guest has typed goes along to the account that the guest signed in to. */
  takeAlong(from: string): void {
    const theirs = `${prefix}${from}|`;
    for (const name of [...mine.keys()]) if (name.startsWith(theirs) && !unsaved.has(name)) mine.delete(name);
    rename();
    try {
      for (const key of Object.keys(localStorage)) {
        if (!key.startsWith(theirs)) continue;
        const kept = parse(localStorage.getItem(key));
        localStorage.removeItem(key);
        // The server remembers a key for each account: of this one it knows nothing.
        delete kept?.sent?.first;
        if (kept) localStorage.setItem(key.replace(`${from}|`, `${owner}|`), JSON.stringify({ ...kept, left: true }));
      }
    } catch {
      // They stay the guest's.
    }
  },
  /** Whether something would be missed if this page went now: kept nowhere else, or on its way. */
  needed: (): boolean => [...mine].some(([name, { text, sent, way }]) => way || (unsaved.has(name) && (text !== '' || sent))),
  /** Somebody signs out: nothing that this account has typed is left. */
  clearAll(): void {
    const own = `${prefix}${owner}|`;
    for (const name of [...mine.keys()]) if (name.startsWith(own)) forget(name);
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(own)) localStorage.removeItem(key);
    } catch {
      // Nothing was kept, then.
    }
  }
};
