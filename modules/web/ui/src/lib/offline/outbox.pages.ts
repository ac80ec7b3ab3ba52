import { vi } from 'vitest';

import type { Writing } from './writings';

/** As much of IndexedDB as what waits is kept with: one store, requests that are answered later, in order. */
class Database {
  readonly rows = new Map<number, Writing>();
  #last = 0;

  open(): object {
    const database = { createObjectStore: () => {}, transaction: () => this.#transaction() };
    return this.#answer(database);
  }
  #transaction(): object {
    let open = 0;
    const transaction: { oncomplete?: () => void; objectStore: () => object } = { objectStore: () => store };
    const request = (act: () => unknown) => {
      open++;
      return this.#answer(act(), () => {
        // What is asked next in this transaction comes in the same turn.
        setTimeout(() => --open === 0 && transaction.oncomplete?.());
      });
    };
    const store = {
      add: (row: Omit<Writing, 'id'>) => request(() => (this.rows.set(++this.#last, { ...row, id: this.#last }), this.#last)),
      put: (row: Writing) => request(() => (this.rows.set(row.id, row), row.id)),
      delete: (id: number) => request(() => void this.rows.delete(id)),
      get: (id: number) => request(() => this.rows.get(id)),
      getKey: (id: number) => request(() => this.rows.get(id)?.id),
      getAll: () => request(() => [...this.rows.values()].sort((one, other) => one.id - other.id))
    };
    return transaction;
  }
  #answer(result: unknown, then = () => {}): object {
    const request: { result: unknown; onsuccess?: () => void } = { result };
    setTimeout(() => {
      request.onsuccess?.();
      then();
    });
    return request;
  }
}

/** A browser in which nobody else is at work: its storage, its marks, and a lock that one holds at a time. */
export class Browser {
  readonly stored = new Map<string, string>();
  readonly database = new Database();
  /** Storage takes nothing more. */
  full = false;
  #lock: Promise<unknown> = Promise.resolve();

  constructor() {
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => this.stored.get(key) ?? null,
      setItem: (key: string, value: string) => {
        if (this.full) throw new DOMException('the quota is used up', 'QuotaExceededError');
        this.stored.set(key, value);
      },
      removeItem: (key: string) => void this.stored.delete(key)
    });
    vi.stubGlobal('indexedDB', { open: () => this.database.open() });
    vi.stubGlobal('BroadcastChannel', class { postMessage() {} });
    vi.stubGlobal('addEventListener', () => {});
    vi.stubGlobal('dispatchEvent', () => true);
    const request = (_: string, act: () => Promise<unknown>) => {
      const held = this.#lock.then(act);
      this.#lock = held.catch(() => {});
      return held;
    };
    vi.stubGlobal('navigator', { onLine: true, locks: { request } });
  }
  get rows(): Writing[] {
    return [...this.database.rows.values()];
  }
}
