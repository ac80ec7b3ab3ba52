import { notifications as calls, pageSize } from './api/calls';
import type { Notification, NotificationPage } from './api/types';
import { change, tick, update } from './known';
import { entry, PagedList } from './paged-list.svelte';

/** What the account is told: how much of it is unread, and the list as it was left. */
class Notifications {
  #unread = $state({ count: 0 });
  list = $state.raw(this.#newList());
  #who: number | undefined;
  #readUpTo = 0;

  /** Counted to 100. */
  get unread(): number {
    return this.#unread.count;
  }

  /** Whose they are from now on. What was asked for while that was not known is theirs. */
  belongTo(who: number | undefined): void {
    if (who === this.#who) return;
    if (this.#who !== undefined) {
      this.#unread = { count: 0 };
      this.#readUpTo = 0;
      this.begin();
    }
    this.#who = who;
    if (who !== undefined) void this.ask();
  }

  /** Asks how many are unread; that this could not be done is no news. */
  async ask(): Promise<void> {
    if (this.#who !== undefined) await this.#read(0, 1).catch(() => {});
  }

  /** The stream says how many are unread. */
  told(count: number): void {
    update(this.#unread, { count }, tick());
  }

  /** The list begins anew: what was read meanwhile is marked as unread no more. */
  begin(): void {
    this.list.stop();
    this.list = this.#newList();
  }

  /** Somebody looks at the list: up to its newest all is read. What fails is done when it is seen again. */
  async seen(): Promise<void> {
    const newest = this.list.items[0]?.notificationId ?? 0;
    const before = this.#readUpTo;
    const unread = this.#unread;
    if (unread.count === 0 || newest <= before) return;
    this.#readUpTo = newest;
    try {
      await change([unread], async () => {
        unread.count = (await calls.read(newest)).unreadCount;
      });
    } catch {
      if (unread === this.#unread) this.#readUpTo = before;
    }
  }

  #newList(): PagedList<Notification> {
    const list: PagedList<Notification> = new PagedList<Notification>(
      async (before, signal) => (await this.#read(before, pageSize, signal)).notifications,
      ({ notificationId }) => notificationId,
      // What came unread is marked as long as it is looked at.
      (read, start) => {
        const known = list.find(read.notificationId);
        return known ? update(known, { ...read, read: known.read }, start) : entry(read);
      }
    );
    return list;
  }

  async #read(before: number, size: number, signal?: AbortSignal): Promise<NotificationPage> {
    const unread = this.#unread;
    const start = tick();
    const page = await calls.page(before, size, signal);
    update(unread, { count: page.unreadCount }, start);
    return page;
  }
}

export const notifications = new Notifications();
