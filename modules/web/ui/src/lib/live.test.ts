import { afterEach, beforeEach, expect, it, vi } from 'vitest';

/** What a browser's EventSource looks like to the page. */
class Source extends EventTarget {
  static CLOSED = 2;
  static OPEN = 1;
  static all: Source[] = [];
  readyState = 1;
  onopen: (() => void) | null = null;
  onerror: ((event: { target: Source }) => void) | null = null;
  constructor(readonly url: string) {
    super();
    Source.all.push(this);
  }
  close(): void {
    this.readyState = 2;
  }
  beat(): void {
    this.dispatchEvent(new MessageEvent('heartbeat', { data: '{}' }));
  }
  say(name: string, data: unknown, lastEventId = ''): void {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data), lastEventId }));
  }
  refuse(): void {
    this.close();
    this.onerror?.({ target: this });
  }
}

const locks = {
  request: (_: string, __: unknown, lead: () => Promise<void>): Promise<void> => lead()
};
class Channel {
  static sent: unknown[] = [];
  onmessage: ((event: { data: unknown }) => void) | null = null;
  postMessage(data: unknown): void {
    Channel.sent.push(data);
  }
  close(): void {}
}

const check = vi.fn(async () => {});
async function live() {
  vi.resetModules();
  return (await import('./live')).live;
}

beforeEach(() => {
  Source.all = [];
  Channel.sent = [];
  check.mockClear();
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', Source);
  vi.stubGlobal('BroadcastChannel', Channel);
  vi.stubGlobal('window', { BroadcastChannel: Channel });
  vi.stubGlobal('navigator', { locks });
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('removeEventListener', () => {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('hands on to this tab and to the others what the stream says', async () => {
  const page = await live();
  const heard: number[] = [];
  const stop = page.on('unread', ({ unreadCount }) => heard.push(unreadCount));
  page.belongTo(7, check);
  expect(Source.all.map(({ url }) => url)).toEqual(['/api/v1/notifications/stream']);
  Source.all[0]!.say('unread', { unreadCount: 3 });
  expect(heard).toEqual([3]);
  expect(Channel.sent).toEqual([{ name: 'unread', data: { unreadCount: 3 } }]);
  stop();
  Source.all[0]!.say('unread', { unreadCount: 4 });
  expect(heard).toEqual([3]);
});
it('comes again after a refusal, later each time, from where it was, once it is known who this is', async () => {
  const page = await live();
  page.belongTo(7, check);
  Source.all[0]!.say('notification', {}, '12');
  Source.all[0]!.refuse();
  expect(check).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(7_500);
  expect(check).toHaveBeenCalledTimes(1);
  expect(Source.all[1]!.url).toBe('/api/v1/notifications/stream?lastEventId=12');
  Source.all[1]!.refuse();
  await vi.advanceTimersByTimeAsync(4_999);
  expect(Source.all.length).toBe(2);
  await vi.advanceTimersByTimeAsync(10_001);
  expect(Source.all.length).toBe(3);
});
it('closes the stream of who is signed in no more, and asks for none where there are no locks', async () => {
  const page = await live();
  page.belongTo(7, check);
  page.belongTo(undefined, check);
  expect(Source.all[0]!.readyState).toBe(Source.CLOSED);
  vi.stubGlobal('navigator', {});
  page.belongTo(8, check);
  expect(Source.all.length).toBe(1);
});
it('begins anew after the device slept', async () => {
  const page = await live();
  page.belongTo(7, check);
  Source.all[0]!.beat();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(Source.all.length).toBe(1);
  vi.setSystemTime(Date.now() + 3_600_000);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(Source.all.length).toBe(2);
  expect(Source.all[0]!.readyState).toBe(Source.CLOSED);
});
it('asks while its stream says nothing, and tries another, later each time', async () => {
  const page = await live();
  const asked: number[] = [];
  const began = Date.now();
  page.on('silence', () => asked.push((Date.now() - began) / 1000));
  page.belongTo(7, check);
  await vi.advanceTimersByTimeAsync(180_000);
  expect(asked.length).toBeGreaterThanOrEqual(4);
  expect(asked[0]).toBe(30);
  const tried = Source.all.length;
  expect(tried).toBeGreaterThanOrEqual(3);
  expect(tried).toBeLessThanOrEqual(5);
  expect(Source.all.filter(({ readyState }) => readyState !== Source.CLOSED).length).toBe(1);
  // One that is heard is kept, and nobody asks.
  asked.length = 0;
  const last = () => Source.all.at(-1)!;
  for (let i = 0; i < 8; i++) {
    last().beat();
    await vi.advanceTimersByTimeAsync(25_000);
  }
  expect(asked).toEqual([]);
  expect(Source.all.length).toBeLessThanOrEqual(tried + 1);
  const heard = Source.all.length;
  // It falls silent later.
  await vi.advanceTimersByTimeAsync(120_000);
  expect(asked.length).toBeGreaterThanOrEqual(1);
  expect(Source.all.length).toBeGreaterThan(heard);
});
