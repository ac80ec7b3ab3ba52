import { api } from './api/client';
import { Pushes } from './pushing.svelte';

// What an account is told in this browser while no page is open: by the page's own service worker.

const path = '/api/v1/push/subscriptions';

/** This browser is told of nothing any more, whatever the server thinks. */
export async function endPushes(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration('/');
  await (await registration?.pushManager?.getSubscription())?.unsubscribe();
}

export const pushes = new Pushes({
  // The page registers it when it has nothing better to do: whoever looks for the switch does not wait for that.
  there: async () =>
    (await navigator.serviceWorker.getRegistration('/')) ??
    (await navigator.serviceWorker.register('/service-worker.js').catch(() => undefined)),
  make: () => navigator.serviceWorker.ready,
  without: 'absent',
  remembered: 'push',
  key: async () => (await api<{ publicKey: string }>('/api/v1/push/key')).publicKey,
  put: (subscription) => api<null>(path, { method: 'PUT', body: subscription }),
  remove: () => api<null>(path, { method: 'DELETE' }),
  end: endPushes
});
