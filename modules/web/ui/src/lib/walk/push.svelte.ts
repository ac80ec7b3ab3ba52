import { Pushes } from '$lib/pushing.svelte';
import { pushing } from './api';

// What a walker is told in this browser while no page is open. It shares nothing with what the account is told: a service
// worker of its own, whose registration has a subscription, an endpoint and keys of its own, made for a key of its own.

/**
 * No page lies under it: the worker serves none, and nobody who asks for the worker of the page they are on (as the
 * account's pushes do) is given this one.
 */
const scope = '/walk/pushes/';
const script = '/walk-worker.js';

/** Asked for an address, browsers answer with the registration of the longest scope that fits: that may be the account's. */
async function there(): Promise<ServiceWorkerRegistration | undefined> {
  const found = await navigator.serviceWorker?.getRegistration(scope);
  return found && new URL(found.scope).pathname === scope ? found : undefined;
}

/** As `ready`, which is only of workers that serve this page. */
async function make(): Promise<ServiceWorkerRegistration> {
  const registration = await navigator.serviceWorker.register(script, { scope });
  const worker = registration.installing ?? registration.waiting;
  if (!registration.active && worker) {
    await new Promise<void>((resolve, reject) => {
      const look = () => {
        if (worker.state === 'activated') resolve();
        else if (worker.state === 'redundant') reject(new Error('the service worker did not start'));
      };
      worker.addEventListener('statechange', look);
      look();
    });
  }
  return registration;
}

async function end(): Promise<void> {
  const registration = await there();
  await (await registration?.pushManager?.getSubscription())?.unsubscribe();
  await registration?.unregister();
}

export const walkPushes = new Pushes({
  there,
  make,
  without: 'off',
  remembered: 'walk-push',
  key: pushing.key,
  put: pushing.put,
  remove: pushing.remove,
  end
});
