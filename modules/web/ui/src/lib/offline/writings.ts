import { asked, done, opener } from './store';

/** What became of a text that waits: it goes by itself, the server said no, it is too old to be sure, or what it was before an edit has arrived. */
export type State = 'waiting' | 'refused' | 'old' | 'arrived';

export interface Writing {
  id: number;
  /** Whose texts it stands among, as drafts do. */
  owner: string;
  /** Who wrote it: a key is remembered for each account. */
  account: number;
  feedId: number | null;
  parent: number | null;
  text: string;
  key: string;
  unlinked: boolean;
  /** Not before this the key was first sent, by this device's clock; 0 where that is not known. */
  at: number;
  state: State;
  /** In the server's words. */
  why?: string;
  /** The key was sent with another text before. */
  edited?: boolean;
}

const writings = 'writings';
const open = opener(writings, (database) => database.createObjectStore(writings, { keyPath: 'id', autoIncrement: true }));

async function write<T>(act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const transaction = (await open()).transaction(writings, 'readwrite', { durability: 'strict' });
  const written = done(transaction);
  const result = await asked(act(transaction.objectStore(writings)));
  await written;
  return result;
}

/** In the order in which they were written. */
export const all = async (): Promise<Writing[]> =>
  asked((await open()).transaction(writings).objectStore(writings).getAll()) as Promise<Writing[]>;
/** Answers its number. */
export const add = (writing: Omit<Writing, 'id'>) => write((store) => store.add(writing)) as Promise<number>;
export const get = async (id: number): Promise<Writing | undefined> =>
  asked((await open()).transaction(writings).objectStore(writings).get(id)) as Promise<Writing | undefined>;
/** Changes what is there; what was taken away meanwhile does not come back. */
export async function put(writing: Writing): Promise<void> {
  const transaction = (await open()).transaction(writings, 'readwrite', { durability: 'strict' });
  const written = done(transaction);
  const store = transaction.objectStore(writings);
  if ((await asked(store.getKey(writing.id))) !== undefined) store.put(writing);
  await written;
}
export const remove = (id: number) => write((store) => store.delete(id));
