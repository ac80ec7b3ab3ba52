import { beforeEach, expect, it, vi } from 'vitest';

import type { Notification } from './api/types';

const calls = { page: vi.fn(), read: vi.fn() };
vi.mock('./api/calls', () => ({ notifications: calls, pageSize: 20 }));

const told = (notificationId: number, read = false) => ({ notificationId, read, text: `${notificationId}` }) as Notification;
const page = (unreadCount: number, ...notifications: Notification[]) => ({ notifications, unreadCount });

/** Of somebody who is signed in, where so many are unread. */
async function signedIn(unreadCount: number) {
  vi.resetModules();
  const { notifications } = await import('./notifications.svelte');
  calls.page.mockResolvedValue(page(unreadCount));
  notifications.belongTo(7);
  await vi.waitFor(() => expect(notifications.unread).toBe(unreadCount));
  return notifications;
}
function byHand<T>() {
  let give = (_: T) => {};
  const answer = new Promise<T>((resolve) => (give = resolve));
  return { answer, give };
}

beforeEach(() => vi.resetAllMocks());

it('asks for the number once for who is signed in, and for nobody not at all', async () => {
  const notifications = await signedIn(3);
  notifications.belongTo(7);
  expect(calls.page).toHaveBeenCalledTimes(1);
  expect(calls.page.mock.calls[0]!.slice(0, 2)).toEqual([0, 1]);
  notifications.belongTo(undefined);
  expect(notifications.unread).toBe(0);
  await notifications.ask();
  expect(calls.page).toHaveBeenCalledTimes(1);
});
it('keeps the number where it could not be asked', async () => {
  const notifications = await signedIn(3);
  calls.page.mockRejectedValue(new Error('lost'));
  await notifications.ask();
  expect(notifications.unread).toBe(3);
});
it('does not give one account what the other was told, however late', async () => {
  const notifications = await signedIn(3);
  const late = byHand<ReturnType<typeof page>>();
  calls.page.mockReturnValueOnce(late.answer);
  const { list } = notifications;
  void notifications.ask();
  calls.page.mockResolvedValue(page(1));
  notifications.belongTo(8);
  await vi.waitFor(() => expect(notifications.unread).toBe(1));
  late.give(page(3));
  await late.answer;
  expect(notifications.unread).toBe(1);
  expect(notifications.list).not.toBe(list);
});
it('keeps the list that was asked for before it was known who this is', async () => {
  vi.resetModules();
  const { notifications } = await import('./notifications.svelte');
  calls.page.mockResolvedValue(page(1, told(4)));
  await notifications.list.more();
  notifications.belongTo(7);
  expect(notifications.list.items).toHaveLength(1);
});

it('marks up to the newest that is shown as read, once', async () => {
  const notifications = await signedIn(2);
  calls.page.mockResolvedValue(page(2, told(5), told(4), told(3, true)));
  await notifications.list.more();
  calls.read.mockResolvedValue({ unreadCount: 0 });
  await Promise.all([notifications.seen(), notifications.seen()]);
  await notifications.seen();
  expect(calls.read.mock.calls).toEqual([[5]]);
  expect(notifications.unread).toBe(0);
});
it('marks nothing where nothing is shown, or all is read', async () => {
  const notifications = await signedIn(2);
  await notifications.seen();
  calls.page.mockResolvedValue(page(0, told(5, true)));
  await notifications.list.more();
  await notifications.seen();
  expect(calls.read).not.toHaveBeenCalled();
});
it('tries again when it is seen again what failed', async () => {
  const notifications = await signedIn(1);
  calls.page.mockResolvedValue(page(1, told(5)));
  await notifications.list.more();
  calls.read.mockRejectedValueOnce(new Error('lost'));
  await notifications.seen();
  expect(notifications.unread).toBe(1);
  calls.read.mockResolvedValue({ unreadCount: 0 });
  await notifications.seen();
  expect(notifications.unread).toBe(0);
});
it('does not count again what was asked for before it was read', async () => {
  const notifications = await signedIn(1);
  calls.page.mockResolvedValue(page(1, told(5)));
  await notifications.list.more();
  const late = byHand<ReturnType<typeof page>>();
  calls.page.mockReturnValueOnce(late.answer);
  const asked = notifications.ask();
  calls.read.mockResolvedValue({ unreadCount: 0 });
  await notifications.seen();
  late.give(page(1));
  await asked;
  expect(notifications.unread).toBe(0);
});
it('leaves what came unread marked while it is looked at, and no longer', async () => {
  const notifications = await signedIn(1);
  calls.page.mockResolvedValue(page(1, told(5), told(4, true)));
  await notifications.list.more();
  calls.page.mockResolvedValue(page(0, { ...told(5, true), text: 'again' }, told(4, true)));
  await notifications.list.refresh();
  expect(notifications.list.items.map(({ read, text }) => [read, text])).toEqual([[false, 'again'], [true, '4']]);
  notifications.begin();
  await notifications.list.more();
  expect(notifications.list.items.map(({ read }) => read)).toEqual([true, true]);
});
