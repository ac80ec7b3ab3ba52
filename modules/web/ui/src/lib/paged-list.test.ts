import { describe, expect, it } from 'vitest';

import { pageSize } from './api/calls';
import { change } from './known';
import { PagedList } from './paged-list.svelte';

interface Entry {
  id: number;
  text: string;
}
const entry = (id: number, text = ''): Entry => ({ id, text });
const newest = (highest: number, count = pageSize) => Array.from({ length: count }, (_, at) => entry(highest - at));

/** A list that answers with the given pages, one after the other. */
function listOf(...pages: (Entry[] | Error)[]) {
  const asked: number[] = [];
  const list = new PagedList<Entry>(
    async (before) => {
      asked.push(before);
      const page = pages.shift();
      if (!page) throw new Error('no more pages');
      if (page instanceof Error) throw page;
      return page;
    },
    (item) => item.id
  );
  return { list, asked, ids: () => list.items.map((item) => item.id) };
}

describe('more', () => {
  it('goes on below the last entry and ends at a short page', async () => {
    const { list, asked, ids } = listOf(newest(100), newest(80, 3));
    await list.more();
    expect(list.ended).toBe(false);
    await list.more();
    expect(asked).toEqual([0, 81]);
    expect(ids().at(-1)).toBe(78);
    expect(list.ended).toBe(true);
  });
  it('keeps what it has when a page fails, and goes on from there', async () => {
    const { list, asked, ids } = listOf(newest(100), new Error('lost'), newest(80, 1));
    await list.more();
    await list.more();
    expect(list.failed).toBeInstanceOf(Error);
    expect(ids()).toHaveLength(pageSize);
    await list.more();
    expect(list.failed).toBeNull();
    expect(asked).toEqual([0, 81, 81]);
  });
});

describe('a list that says itself how it goes on', () => {
  it('goes on below short and empty pages, and ends at a full one when it says so', async () => {
    const asked: number[] = [];
    const pages = [
      { entries: [] as Entry[], next: 900 },
      { entries: [entry(880)], next: 500 },
      { entries: newest(400), next: null }
    ];
    const list = new PagedList<Entry>(
      async (before) => (asked.push(before), pages[asked.length - 1]!),
      ({ id }) => id
    );
    await list.more();
    expect([list.items.length, list.ended]).toEqual([0, false]);
    await list.more();
    await list.more();
    expect(asked).toEqual([0, 900, 500]);
    expect(list.items.map(({ id }) => id)).toEqual([880, ...newest(400).map(({ id }) => id)]);
    expect(list.ended).toBe(true);
  });
  it('is brought up to date above what an empty page has looked at', async () => {
    const pages = [{ entries: [] as Entry[], next: 900 }, { entries: [entry(700)], next: null }, { entries: [entry(1000)], next: 950 }];
    const list = new PagedList<Entry>(async () => pages.shift()!, ({ id }) => id);
    await list.more();
    await list.more();
    await list.refresh();
    expect(list.items.map(({ id }) => id)).toEqual([1000]);
    expect(list.ended).toBe(false);
  });
});

describe('refresh', () => {
  it('adds, updates and removes, and keeps older pages', async () => {
    const changed = [entry(101), ...newest(100).filter((item) => item.id !== 95)].slice(0, pageSize);
    changed[1] = entry(100, 'edited');
    const { list, ids } = listOf(newest(100), newest(80), changed);
    await list.more();
    await list.more();
    await list.refresh();
    expect(ids().slice(0, 2)).toEqual([101, 100]);
    expect(list.find(100)?.text).toBe('edited');
    expect(ids()).not.toContain(95);
    expect(ids().at(-1)).toBe(61);
    expect(new Set(ids()).size).toBe(ids().length);
  });
  it('lets new entries wait while it is to hold them, and brings the rest up to date', async () => {
    const changed = [entry(102), entry(101), entry(100, 'edited'), ...newest(98, 17)];
    const { list, ids } = listOf(newest(100), changed);
    await list.more();
    await list.refresh(() => true);
    expect(ids()).toEqual([100, ...newest(98, 18).map((item) => item.id)]);
    expect(list.find(100)?.text).toBe('edited');
    expect(list.waiting.map((item) => item.id)).toEqual([102, 101]);
    list.add(entry(103));
    list.showWaiting();
    expect(ids().slice(0, 5)).toEqual([103, 102, 101, 100, 98]);
    expect(list.waiting).toEqual([]);
  });
  it('keeps what is read when a whole page is new and is to wait, and begins anew when it is shown', async () => {
    const { list, ids } = listOf(newest(100), newest(200));
    await list.more();
    await list.refresh(() => true);
    expect(ids()).toEqual(newest(100).map((item) => item.id));
    list.showWaiting();
    expect(ids()).toEqual(newest(200).map((item) => item.id));
    expect(list.ended).toBe(false);
  });
  it('reads as far down as is shown where that is wished: an entry that was given a new id goes', async () => {
    const without = (entries: Entry[]) => entries.filter((item) => item.id !== 70);
    const { list, asked, ids } = listOf(newest(100), newest(80), newest(101), without(newest(81, 21)));
    await list.more();
    await list.more();
    await list.refresh(() => false, true);
    expect(asked).toEqual([0, 81, 0, 82]);
    expect(ids()).toEqual(without(newest(101, 41)).map((item) => item.id));
    expect(list.ended).toBe(false);
  });
  it('begins anew when a whole page is new', async () => {
    const { list, ids } = listOf(newest(100, 5), newest(200));
    await list.more();
    await list.refresh();
    expect(ids()).toEqual(newest(200).map((item) => item.id));
    expect(list.ended).toBe(false);
  });
});

describe('refresh after one’s own entry', () => {
  it('leaves no gap between it and what was loaded before', async () => {
    const { list, ids } = listOf(newest(100), newest(200));
    await list.more();
    list.add(entry(200));
    await list.refresh();
    expect(ids()).toEqual(newest(200).map((item) => item.id));
  });
});

describe('addBefore', () => {
  it('becomes what the server made', async () => {
    const { list, ids } = listOf();
    const sent = list.addBefore(entry(-1), Promise.resolve(entry(7)));
    expect(ids()).toEqual([-1]);
    await sent;
    expect(ids()).toEqual([7]);
  });
  it('is taken back when it fails', async () => {
    const { list, ids } = listOf();
    await expect(list.addBefore(entry(-1), Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(ids()).toEqual([]);
  });
  it('is not shown twice when a page brought it first', async () => {
    const { list, ids } = listOf([entry(7), entry(6)]);
    let answer = (_: Entry) => {};
    const sent = list.addBefore(entry(-1), new Promise((resolve) => (answer = resolve)));
    await list.more();
    answer(entry(7));
    await sent;
    expect(ids()).toEqual([7, 6]);
  });
});

it('puts an entry back where its id belongs', async () => {
  const { list, ids } = listOf(newest(5, 3));
  await list.more();
  const putBack = list.take(4);
  list.add(entry(6));
  expect(ids()).toEqual([6, 5, 3]);
  putBack();
  expect(ids()).toEqual([6, 5, 4, 3]);
});

it('does not bring back what was taken while a page was under way, until it is put back', async () => {
  const { list, ids } = listOf(newest(100), newest(100), newest(100), newest(80, 1));
  await list.more();
  const putBack = list.take(81);
  await list.refresh();
  expect(ids()).not.toContain(81);
  await list.more();
  expect(ids()).not.toContain(81);
  putBack();
  expect(ids().slice(-2)).toEqual([82, 81]);
});

/** A list each of whose pages is answered by hand, in any order. */
function listByHand() {
  const asked: ((page: Entry[] | Error) => Promise<void>)[] = [];
  const list = new PagedList<Entry>(
    () =>
      new Promise((resolve, reject) =>
        asked.push(async (page) => {
          if (page instanceof Error) reject(page);
          else resolve(page);
          await new Promise((done) => setTimeout(done));
        })
      ),
    (item) => item.id
  );
  return { list, asked, ids: () => list.items.map((item) => item.id) };
}

describe('answers that overtake one another', () => {
  it('a page that was asked for before one’s own entry was there does not take it away', async () => {
    const { list, asked, ids } = listByHand();
    void list.more();
    await asked[0]!([entry(7), entry(6)]);
    void list.refresh();
    await list.addBefore(entry(-1), Promise.resolve(entry(8)));
    await asked[1]!([entry(7), entry(6)]);
    expect(ids()).toEqual([8, 7, 6]);
    void list.refresh();
    await asked[2]!([entry(7), entry(6)]);
    expect(ids()).toEqual([7, 6]);
  });
  it('an older page undoes no change, a later one does', async () => {
    const { list, asked } = listByHand();
    void list.more();
    await asked[0]!([entry(7, 'read')]);
    void list.refresh();
    await change([list.find(7)], async () => void Object.assign(list.find(7)!, { text: 'edited' }));
    await asked[1]!([entry(7, 'read')]);
    expect(list.items[0]?.text).toBe('edited');
    void list.refresh();
    await asked[2]!([entry(7, 'edited elsewhere')]);
    expect(list.items[0]?.text).toBe('edited elsewhere');
  });
  it('nor does one that was asked for while the change was under way', async () => {
    const { list, asked } = listByHand();
    void list.more();
    await asked[0]!([entry(7, 'read')]);
    let done = () => {};
    const changed = change([list.find(7)], async () => {
      Object.assign(list.find(7)!, { text: 'edited' });
      await new Promise<void>((resolve) => (done = resolve));
    });
    void list.refresh();
    await asked[1]!([entry(7, 'read')]);
    expect(list.items[0]?.text).toBe('edited');
    done();
    await changed;
    expect(list.items[0]?.text).toBe('edited');
  });
  it('a gap above is read before what lies below it is shown again', async () => {
    const { list, asked, ids } = listByHand();
    void list.more();
    await asked[0]!(newest(100));
    void list.more();
    void list.refresh();
    await asked[2]!(newest(140));
    await asked[1]!(newest(80));
    expect(ids()).toEqual(newest(140).map(({ id }) => id));
    void list.more();
    await asked[3]!(newest(120));
    expect(ids()).toEqual(newest(140, 80).map(({ id }) => id));
  });
  it('a failed page below is tried again when it is brought up to date', async () => {
    const { list, asked, ids } = listByHand();
    void list.more();
    await asked[0]!(newest(100));
    void list.more();
    await asked[1]!(new Error('lost'));
    expect(list.failed).toBeInstanceOf(Error);
    void list.update();
    await asked[2]!(newest(100));
    await asked[3]!(newest(80, 2));
    expect(list.failed).toBeNull();
    expect(ids().at(-1)).toBe(79);
  });
  it('reaches down to where an entry is, or would be', async () => {
    const { list, asked, ids } = listByHand();
    void list.more();
    await asked[0]!(newest(100));
    const reached = list.reach(50);
    await asked[1]!(newest(80));
    await asked[2]!(newest(60));
    await reached;
    expect(ids().at(-1)).toBe(41);
    await list.reach(50);
    expect(asked).toHaveLength(3);
  });
});
