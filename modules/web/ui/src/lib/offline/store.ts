/** A database of this browser, opened when it is first used. Where there is none (a private window), what uses it fails. */
export function opener(name: string, make: (database: IDBDatabase) => void): () => Promise<IDBDatabase> {
  let opened: Promise<IDBDatabase> | null = null;
  return () =>
    (opened ??= new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => make(request.result);
      request.onerror = () => reject(request.error ?? new Error(name));
      request.onsuccess = () => {
        const database = request.result;
        const gone = () => (opened = null);
        database.onclose = gone;
        // Another tab forgets all of it, and must not wait for this one.
        database.onversionchange = () => {
          database.close();
          gone();
        };
        resolve(database);
      };
    }).catch((error: unknown) => {
      opened = null;
      throw error;
    }));
}

export const asked = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('not read'));
  });

/** On disk, or not at all. */
export const done = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error('not written'));
  });
