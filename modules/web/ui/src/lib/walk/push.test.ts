import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { textOf } from '$lib/base64url';
import { endPushes, pushes } from '$lib/push.svelte';
import { walkPushes } from './push.svelte';

const keys = vi.hoisted(() => ({
  account: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  walker: 'BDd3_hVL9fZi9Ybo2UUzA284WG5FZR30_95YeZJsiApwXKpNcF1rRPF3foIiBHXRdJI2Qhumhf6_LFTeZaNndIo',
  sent: [] as string[],
  answer: (path: string, call: { method?: string; body?: unknown } = {}) => {
    keys.sent.push(`${call.method ?? 'GET'} ${path} ${JSON.stringify(call.body ?? null)}`);
    return Promise.resolve({ publicKey: path.includes('walkers') ? keys.walker : keys.account });
  }
}));
vi.mock('$lib/api/client', () => ({ api: keys.answer, apiOnce: keys.answer, ApiError: class extends Error {} }));
vi.mock('./client', () => ({ walking: keys.answer }));

/** A browser: a subscription is a registration's own. */
let kept: Map<string, string>;
let registered: Map<string, { scope: string; endpoint: string | null; key: string | null }>;
let count = 0;

function registration(scope: string) {
  const held = registered.get(scope)!;
  const subscription = () =>
    held.endpoint === null
      ? null
      : {
          endpoint: held.endpoint,
          options: {},
          toJSON: () => ({ endpoint: held.endpoint }),
          unsubscribe: () => Promise.resolve(((held.endpoint = null), true))
        };
  return {
    scope: `https://page.test${scope}`,
    active: {},
    installing: null,
    waiting: null,
    unregister: () => Promise.resolve(registered.delete(scope)),
    pushManager: {
      getSubscription: () => Promise.resolve(subscription()),
      subscribe: ({ applicationServerKey }: { applicationServerKey: Uint8Array }) => {
        held.endpoint = `https://push.example/${++count}`;
        held.key = textOf(applicationServerKey.buffer as ArrayBuffer);
        return Promise.resolve(subscription());
      }
    }
  };
}
/** As browsers do: the longest scope that the address lies under. */
function fitting(address: string) {
  const [scope] = [...registered.keys()].filter((each) => address.startsWith(each)).sort((one, other) => other.length - one.length);
  return scope === undefined ? undefined : registration(scope);
}

beforeEach(() => {
  kept = new Map();
  registered = new Map([['/', { scope: '/', endpoint: null, key: null }]]);
  keys.sent = [];
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name)
  });
  vi.stubGlobal('window', { PushManager: {}, Notification: {} });
  vi.stubGlobal('navigator', {
    userAgent: 'x',
    serviceWorker: {
      get ready() {
        return Promise.resolve(fitting('/walk/settings'));
      },
      getRegistration: (address = '/walk/settings') => Promise.resolve(fitting(address)),
      register: (_: string, { scope }: { scope: string }) => {
        if (!registered.has(scope)) registered.set(scope, { scope, endpoint: null, key: null });
        return Promise.resolve(registration(scope));
      }
    }
  });
  vi.stubGlobal('Notification', { permission: 'granted', requestPermission: () => Promise.resolve('granted') });
});
afterEach(() => vi.unstubAllGlobals());

const walkers = () => registered.get('/walk/pushes/');
const accounts = () => registered.get('/');

async function both() {
  await pushes.belongTo('7');
  await pushes.turnOn();
  await walkPushes.belongTo('walker-a');
  await walkPushes.turnOn();
}

describe('what a walker is told in a browser', () => {
  it('is off where the account’s is on, until it is turned on, and makes nothing before', async () => {
    await pushes.belongTo('7');
    await pushes.turnOn();
    await walkPushes.belongTo('walker-a');
    expect([pushes.state, walkPushes.state, registered.size]).toEqual(['on', 'off', 1]);
  });

  it('shares neither registration, endpoint, key nor what is remembered with the account’s', async () => {
    await both();
    expect(accounts()).toMatchObject({ key: keys.account });
    expect(walkers()).toMatchObject({ key: keys.walker });
    expect(walkers()!.endpoint).not.toBe(accounts()!.endpoint);
    expect([...kept]).toEqual([
      ['push', '7'],
      ['walk-push', 'walker-a']
    ]);
    for (const each of keys.sent) {
      if (each.includes(walkers()!.endpoint!)) expect(each).toMatch(/^PUT \/api\/v1\/walkers\/devices /);
      if (each.includes(accounts()!.endpoint!)) expect(each).toMatch(/^PUT \/api\/v1\/push\/subscriptions /);
    }
    // No page lies under its scope: whoever asks for the worker of the page has the account's.
    expect((await navigator.serviceWorker.ready).scope).toBe('https://page.test/');
  });

  it('ends with its registration, and leaves the account’s as it is, also where there was none', async () => {
    await both();
    const before = accounts()!.endpoint;
    await walkPushes.turnOff();
    expect([walkPushes.state, walkers(), keys.sent.at(-1)]).toEqual(['off', undefined, 'DELETE /api/v1/walkers/devices null']);
    await walkPushes.forget();
    await walkPushes.belongTo('walker-b');
    expect([accounts()!.endpoint, pushes.state, kept.get('push')]).toEqual([before, 'on', '7']);
  });

  it('goes on when the account’s ends', async () => {
    await both();
    const before = walkers()!.endpoint;
    await endPushes();
    await pushes.turnOff();
    expect([walkers()!.endpoint, kept.get('walk-push')]).toEqual([before, 'walker-a']);
    keys.sent = [];
    await walkPushes.belongTo('walker-a');
    expect([walkPushes.state, walkers()!.endpoint, keys.sent.at(-1)?.startsWith('PUT /api/v1/walkers/devices')]).toEqual(['on', before, true]);
  });

  it('is nobody else’s', async () => {
    await both();
    await walkPushes.belongTo('walker-b');
    expect([walkPushes.state, walkers()]).toEqual(['off', undefined]);
  });
});
