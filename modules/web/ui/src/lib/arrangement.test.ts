import { describe, expect, it } from 'vitest';

import { pageSize } from './api/calls';
import { asRead, oldestFirst, type Arrangement } from './arrangement';
import { PagedList } from './paged-list.svelte';

interface Entry {
  id: number;
}

/** A list of what a server has, in the order in which it gives it. */
function listOf(arrangement: Arrangement, all: number[], size = pageSize) {
  const server = { all, size };
  const list = new PagedList<Entry>(
    async (last) => {
      const from = last === 0 ? 0 : server.all.indexOf(last) + 1;
      return server.all.slice(from, from + size).map((id) => ({ id }));
    },
    ({ id }) => id,
    undefined,
    arrangement
  );
  return { server, list, ids: () => list.items.map(({ id }) => id) };
}
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

describe('the oldest first', () => {
  it('goes on to the end, and finds there what has come since', async () => {
    const { server, list, ids } = listOf(oldestFirst, upTo(pageSize + 3));
    await list.more();
    expect(ids()).toEqual(upTo(pageSize));
    await list.more();
    expect(list.ended).toBe(true);
    server.all = upTo(2 * pageSize + 9).filter((id) => id !== 2);
    await list.update(() => true);
    expect(ids()).toEqual(server.all);
    expect(list.waiting).toEqual([]);
  });
  it('has what is written here at the end, also where that is not read yet, and each once', async () => {
    const { server, list, ids } = listOf(oldestFirst, upTo(2 * pageSize));
    await list.more();
    let arrive = (_: Entry) => {};
    const sent = list.addBefore({ id: -1 }, new Promise((resolve) => (arrive = resolve)));
    expect(ids().at(-1)).toBe(-1);
    server.all.push(99);
    arrive({ id: 99 });
    await sent;
    expect(ids()).toEqual([...upTo(pageSize), 99]);
    await list.more();
    await list.more();
    expect(ids()).toEqual([...upTo(2 * pageSize), 99]);
    expect(list.ended).toBe(true);
  });
  it('reads on to the one that is looked for', async () => {
    const { list, ids } = listOf(oldestFirst, upTo(5 * pageSize));
    await list.reach(2 * pageSize + 1);
    expect(ids()).toHaveLength(3 * pageSize);
  });
});

describe('as they are read', () => {
  it('stay where they were, and what is written here stands on top', async () => {
    const order = [7, 3, ...Array.from({ length: pageSize }, (_, at) => 100 - at)];
    const { server, list, ids } = listOf(asRead(), [...order]);
    await list.more();
    await list.more();
    expect(ids()).toEqual(order);
    server.all = [3, 7, ...server.all.slice(2)];
    await list.update();
    expect(ids()).toEqual(order);
    list.add({ id: 200 });
    expect(ids()).toEqual([200, ...order]);
    const putBack = list.take(3);
    expect(ids()).not.toContain(3);
    putBack();
    expect(ids()).toEqual([200, ...order]);
    expect(list.take(12345)).toBeTypeOf('function');
  });
  it('come to their end although what was read comes again behind what was not', async () => {
    const { server, list, ids } = listOf(asRead(), upTo(3 * pageSize));
    await list.more();
    // What was first is liked less now.
    server.all = [...server.all.slice(1, 2 * pageSize), 1, ...server.all.slice(2 * pageSize)];
    for (let pages = 0; pages < 5 && !list.ended; pages++) await list.more();
    expect(list.ended).toBe(true);
    expect(new Set(ids())).toEqual(new Set(upTo(3 * pageSize)));
    expect(ids()).toHaveLength(3 * pageSize);
  });
});
