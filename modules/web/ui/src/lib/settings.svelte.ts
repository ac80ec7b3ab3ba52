import { useLanguage } from './api/client';

export type Theme = 'system' | 'light' | 'dark';
export type LanguageCode = 'ko' | 'en';
/** A rise is blue in this network and red on Korea's exchanges; a fall is the other. */
export type Colours = 'WESTERN' | 'KOREAN';
export type CommentOrder = 'oldest' | 'newest' | 'liked';

/** What accounts keep, too. */
export interface OfAccounts {
  language?: LanguageCode;
  colours?: Colours;
}

interface Stored {
  theme: Theme;
  language: LanguageCode;
  colours: Colours;
  /** In which order the comments below a post are read. */
  comments: CommentOrder;
  /** Whether single keys do something. */
  keys: boolean;
  /** Chosen here, and in no account yet. */
  unsent?: OfAccounts | undefined;
}

function read(): Stored {
  const fallback: Stored = {
    theme: 'system',
    language: navigator.language.startsWith('ko') ? 'ko' : 'en',
    colours: 'WESTERN',
    comments: 'oldest',
    keys: true
  };
  try {
    const stored = JSON.parse(localStorage.getItem('settings') ?? '{}') as Partial<Stored>;
    return {
      theme: stored.theme === 'light' || stored.theme === 'dark' ? stored.theme : 'system',
      language: stored.language === 'ko' || stored.language === 'en' ? stored.language : fallback.language,
      colours: stored.colours === 'KOREAN' ? 'KOREAN' : 'WESTERN',
      comments: stored.comments === 'newest' || stored.comments === 'liked' ? stored.comments : 'oldest',
      keys: stored.keys !== false,
      unsent: stored.unsent
    };
  } catch {
    return fallback;
  }
}

const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

/** What this browser prefers; an account keeps its language and colours too. */
class Settings {
  #values = $state(read());

  get theme(): Theme {
    return this.#values.theme;
  }
  get language(): LanguageCode {
    return this.#values.language;
  }

  get colours(): Colours {
    return this.#values.colours;
  }

  get comments(): CommentOrder {
    return this.#values.comments;
  }

  get keys(): boolean {
    return this.#values.keys;
  }

  get unsent(): OfAccounts | undefined {
    return this.#values.unsent;
  }

  set(change: Partial<Stored>): void {
    Object.assign(this.#values, change);
    try {
      localStorage.setItem('settings', JSON.stringify(this.#values));
    } catch {
      // Private windows may refuse; the choice then holds until the page is left.
    }
    this.apply();
  }

  /** Whoever signs in next has chosen this. */
  keepForAccount(change: OfAccounts): void {
    this.set({ unsent: { ...this.unsent, ...change } });
  }
  sent(): void {
    if (this.unsent) this.set({ unsent: undefined });
  }

  apply(): void {
    const root = document.documentElement;
    root.lang = this.language;
    root.dataset.colours = this.colours.toLowerCase();
    root.dataset.theme = this.theme === 'system' ? (systemIsDark.matches ? 'dark' : 'light') : this.theme;
    // The browser's own bars take the colour of the chosen theme, whatever the system's is.
    const paper = getComputedStyle(root).getPropertyValue('--paper').trim();
    for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) meta.content = paper;
  }
}

export const settings = new Settings();
systemIsDark.addEventListener('change', () => settings.apply());
useLanguage(() => settings.language);
