import { useLanguage } from './api/client';

export type Theme = 'system' | 'light' | 'dark';
export type LanguageCode = 'ko' | 'en';

interface Stored {
  theme: Theme;
  language: LanguageCode;
}

function read(): Stored {
  const fallback: Stored = { theme: 'system', language: navigator.language.startsWith('ko') ? 'ko' : 'en' };
  try {
    const stored = JSON.parse(localStorage.getItem('settings') ?? '{}') as Partial<Stored>;
    return {
      theme: stored.theme === 'light' || stored.theme === 'dark' ? stored.theme : 'system',
      language: stored.language === 'ko' || stored.language === 'en' ? stored.language : fallback.language
    };
  } catch {
    return fallback;
  }
}

const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

/** What this browser prefers; kept in it and nowhere else. */
class Settings {
  #values = $state(read());

  get theme(): Theme {
    return this.#values.theme;
  }
  get language(): LanguageCode {
    return this.#values.language;
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

  apply(): void {
    const root = document.documentElement;
    root.lang = this.language;
    root.dataset.theme = this.theme === 'system' ? (systemIsDark.matches ? 'dark' : 'light') : this.theme;
    // The browser's own bars take the colour of the chosen theme, whatever the system's is.
    const paper = getComputedStyle(root).getPropertyValue('--paper').trim();
    for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) meta.content = paper;
  }
}

export const settings = new Settings();
systemIsDark.addEventListener('change', () => settings.apply());
useLanguage(() => settings.language);
