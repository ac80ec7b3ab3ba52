import { mark } from './here';
import { isBlank, tidy } from './text';

/** Unfinished texts, kept in this browser until they are sent or emptied. */
const prefix = 'draft:';
const lifetime = 14 * 86_400_000;

interface Draft {
  text: string;
  at: number;
  /** The idempotency key of an attempt whose answer never came: the repetition must use it again. */
  key?: string;
}

/** What this page is sending at the moment, by name: not unfinished, not yet arrived. */
const underWay = new Set<string>();

function read(name: string): Draft | null {
  try {
    const stored = JSON.parse(localStorage.getItem(prefix + name) ?? 'null') as Draft | null;
    return stored && Date.now() - stored.at < lifetime ? stored : null;
  } catch {
    return null;
  }
}

function write(name: string, text: string, key?: string): void {
  try {
    if (text === '') localStorage.removeItem(prefix + name);
    else localStorage.setItem(prefix + name, JSON.stringify({ text, at: Date.now(), ...(key ? { key } : {}) }));
  } catch {
    // Storage is full or refused; the text stays in the field.
  }
}

/** What a field holds that lies in no other place, and what it does when that is no longer its own to keep. */
interface Field {
  unsent(): string;
  /** `sent`: another tab is sending just that. Else whoever typed it is no longer signed in. */
  letGo(sent: boolean): void;
}

/** Has a text again among what is kept, beside what another tab has put there meanwhile. */
function keep(name: string, text: string): void {
  const kept = read(name)?.text ?? '';
  if (isBlank(text) || kept.includes(text)) return;
  write(name, kept === '' ? text : `${kept}\n\n${text}`);
}

const sent = (name: string) => `sent:${name}`;

export const drafts = {
  /** What is unfinished, with what was sent and never answered before it. */
  get(name: string): Draft | null {
    const kept = read(name);
    const unanswered = underWay.has(name) ? null : read(sent(name));
    if (!unanswered || unanswered.text === kept?.text) return unanswered ?? kept;
    return kept ? { text: `${unanswered.text}\n\n${kept.text}`, at: kept.at } : unanswered;
  },
  set(name: string, text: string): void {
    write(name, text);
    if (!underWay.has(name)) write(sent(name), '');
  },
  /** The text goes to the server; it is kept apart until that has answered. */
  send(name: string, text: string, key: string): void {
    underWay.add(name);
    write(sent(name), text, key);
    write(name, '');
  },
  arrived(name: string): void {
    underWay.delete(name);
    write(sent(name), '');
  },
  /** It did not arrive, or nobody knows; with `key`, another attempt must use the same. */
  returned(name: string, text: string, key?: string): void {
    underWay.delete(name);
    write(sent(name), text, key);
  },
  /** Tabs share what is kept. What one empties or writes over, and another still shows, is lost to neither. */
  watch(name: string, field: Field): () => void {
    const storage = ({ key, newValue }: StorageEvent) => {
      if (key === mark && newValue === null) field.letGo(false);
      else if (key === prefix + name && newValue === null) keep(name, field.unsent());
      else if (key === prefix + sent(name) && newValue !== null) {
        if (read(sent(name))?.text === tidy(field.unsent())) field.letGo(true);
      }
    };
    const leave = () => keep(name, field.unsent());
    addEventListener('storage', storage);
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('storage', storage);
      removeEventListener('pagehide', leave);
      leave();
    };
  },
  clear(name: string): void {
    this.set(name, '');
  },
  clearAll(): void {
    try {
      for (const name of Object.keys(localStorage)) if (name.startsWith(prefix)) localStorage.removeItem(name);
    } catch {
      // Nothing was kept, then.
    }
  }
};
