import { nameOfAnswer, mostPosts } from './kept-names';
import { asked, done, opener } from './store';

/** What the server said last of what is read without it: of one account at a time, whose number lies beside it. */
const answers = 'answers';
const open = opener(answers, (database) => database.createObjectStore(answers));

interface Kept {
  data: unknown;
  /** When it was said, by this device's clock. */
  at: number;
}

const whoseKey = 'whose';
const openedKey = 'opened';

/** Keeps an answer for that account; what another had here goes. Where there is no room, nothing is kept of it. */
export async function keep(who: number, path: string, { data, at }: Kept): Promise<void> {
  const name = nameOfAnswer(path, who);
  if (name === null) return;
  const transaction = (await open()).transaction(answers, 'readwrite');
  const written = done(transaction);
  const store = transaction.objectStore(answers);
  if ((await asked(store.get(whoseKey))) !== who) {
    store.clear();
    store.put(who, whoseKey);
  }
  store.put({ data, at } satisfies Kept, name);
  const post = /^post\/(\d+)\/$/.exec(name)?.[1];
  if (post !== undefined) {
    const before = ((await asked(store.get(openedKey))) as string[] | undefined) ?? [];
    const opened = [post, ...before.filter((each) => each !== post)];
    for (const gone of opened.slice(mostPosts)) store.delete(IDBKeyRange.bound(`post/${gone}/`, `post/${gone}/\uffff`));
    store.put(opened.slice(0, mostPosts), openedKey);
  }
  await written;
}

/** What that account was answered last. */
export async function recall(who: number, path: string): Promise<Kept | null> {
  const name = nameOfAnswer(path, who);
  if (name === null) return null;
  const store = (await open()).transaction(answers).objectStore(answers);
  const whose: unknown = await asked(store.get(whoseKey));
  return whose === who ? (((await asked(store.get(name))) as Kept | undefined) ?? null) : null;
}
