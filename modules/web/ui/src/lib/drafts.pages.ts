import { vi } from 'vitest';

import type { Draft } from './drafts';

/** A browser: what its pages store reaches the others later, in order, as it does between processes. */
export class Browser {
  readonly stored = new Map<string, string>();
  readonly pages: Page[] = [];
  refuses = false;

  async open(owner = '1'): Promise<Page> {
    vi.resetModules();
    const page = new Page(this, await import('./drafts'));
    this.pages.push(page);
    page.act(() => {
      page.drafts.watch();
      page.drafts.belongTo(owner);
    });
    return page;
  }
  change(by: Page, key: string, value: string | null): void {
    if (this.refuses && value !== null) throw new Error('the quota is used up');
    const before = this.stored.get(key) ?? null;
    if (value === before) return;
    if (value === null) this.stored.delete(key);
    else this.stored.set(key, value);
    for (const page of this.pages) if (page !== by) page.news.push({ key, oldValue: before, newValue: value });
    by.view.set(key, value);
  }
  /** All learn of all. */
  settle(): void {
    while (this.pages.some((page) => page.learn()));
  }
}

export class Page {
  readonly view: Map<string, string | null>;
  readonly news: { key: string; oldValue: string | null; newValue: string | null }[] = [];
  readonly drafts;
  readonly handlers: Record<string, (event: object) => void> = {};
  readonly #Draft;
  draft!: Draft;
  /** What the field shows that is not sent. */
  text = '';
  key: string | undefined;

  constructor(
    readonly browser: Browser,
    { drafts, Draft }: typeof import('./drafts')
  ) {
    this.view = new Map(browser.stored);
    this.drafts = drafts;
    this.#Draft = Draft;
  }
  /** Does something as this page: with its own view of the storage. */
  act<T>(what: () => T): T {
    const kept: Record<string, string> = {};
    for (const [key, value] of this.view) if (value !== null) kept[key] = value;
    const methods = {
      getItem: (key: string) => this.view.get(key) ?? null,
      setItem: (key: string, value: string) => this.browser.change(this, key, value),
      removeItem: (key: string) => this.browser.change(this, key, null)
    };
    for (const [name, value] of Object.entries(methods)) Object.defineProperty(kept, name, { value });
    vi.stubGlobal('localStorage', kept);
    vi.stubGlobal('addEventListener', (type: string, handler: (event: object) => void) => (this.handlers[type] = handler));
    return what();
  }
  learn(): boolean {
    const news = this.news.shift();
    if (!news) return false;
    this.view.set(news.key, news.newValue);
    this.act(() => this.handlers['storage']!(news));
    return true;
  }
  field(name = 'post'): this {
    this.draft = this.act(
      () =>
        new this.#Draft(name, {
          shown: () => this.text,
          letGo: () => (this.text = ''),
          comeBack: (sent) => {
            const whole = this.text === '' ? sent.text : `${sent.text}\n\n${this.text}`;
            if (this.text !== '') this.draft.set(whole);
            this.text = whole;
            this.key = sent.key;
          }
        })
    );
    this.text = this.draft.found.text;
    this.key = this.draft.found.key;
    return this;
  }
  type(text: string, unlinked = false, from?: string): void {
    this.text = text;
    this.act(() => this.draft.set(text, unlinked, from));
  }
  send(key = 'key', unlinked = false): string {
    const sent = this.text;
    this.text = '';
    this.act(() => this.draft.send({ text: sent, key, unlinked: unlinked || undefined }));
    return sent;
  }
  arrived(): void {
    this.act(() => this.draft.arrived());
  }
  returned(text: string, key?: string, unlinked = false): void {
    this.act(() => this.draft.returned({ text, key, unlinked: unlinked || undefined }));
  }
  leave(): void {
    this.act(() => this.handlers['pagehide']!({ persisted: false }));
    this.browser.pages.splice(this.browser.pages.indexOf(this), 1);
  }
  async reload(): Promise<Page> {
    this.leave();
    return (await this.browser.open()).field();
  }
  comeBack(): void {
    this.browser.pages.push(this);
    this.act(() => this.handlers['pageshow']!({ persisted: true }));
  }
}
