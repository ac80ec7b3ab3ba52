import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { pushes } from './push.svelte';

const key = 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4';
const sent = vi.hoisted(() => ({ calls: [] as string[], answered: Promise.resolve() }));
vi.mock('./api/client', () => ({
  api: async (path: string, call: { method?: string } = {}) => {
    sent.calls.push(`${call.method ?? 'GET'} ${path}`);
    await sent.answered;
    return { publicKey: key };
  }
}));

/** A browser: what it remembers, allows, and is subscribed with. */
let kept: Map<string, string>;
let permission: NotificationPermission;
let asked: number;
let subscribed: { key: string } | null;

const subscription = () =>
  subscribed && {
    options: {
      applicationServerKey: Uint8Array.from(atob(subscribed.key.replaceAll('-', '+').replaceAll('_', '/')), (each) =>
        each.charCodeAt(0)
      ).buffer
    },
    toJSON: () => ({}),
    unsubscribe: () => {
      subscribed = null;
      return Promise.resolve(true);
    }
  };
const registration = {
  pushManager: {
    getSubscription: () => Promise.resolve(subscription()),
    subscribe: () => {
      subscribed = { key };
      return Promise.resolve(subscription());
    }
  }
};

beforeEach(() => {
  kept = new Map();
  permission = 'default';
  asked = 0;
  subscribed = null;
  sent.calls = [];
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name)
  });
  vi.stubGlobal('window', { PushManager: {}, Notification: {} });
  vi.stubGlobal('navigator', {
    userAgent: 'x',
    serviceWorker: { ready: Promise.resolve(registration), getRegistration: () => Promise.resolve(registration) }
  });
  vi.stubGlobal('Notification', {
    get permission() {
      return permission;
    },
    requestPermission: () => {
      asked++;
      return Promise.resolve((permission = permission === 'default' ? 'granted' : permission));
    }
  });
});
afterEach(() => vi.unstubAllGlobals());

describe('being told while no page is open', () => {
  it('asks nothing before somebody turns it on, and then tells the server', async () => {
    await pushes.belongTo('1');
    expect([pushes.state, asked, sent.calls]).toEqual(['off', 0, []]);
    await pushes.turnOn();
    expect([pushes.state, asked]).toEqual(['on', 1]);
    expect(sent.calls).toEqual(['GET /api/v1/push/key', 'PUT /api/v1/push/subscriptions']);
  });

  it('is shown to the server again at each visit, and is nobody else’s', async () => {
    await pushes.belongTo('1');
    await pushes.turnOn();
    sent.calls = [];
    await pushes.belongTo('1');
    expect(sent.calls).toContain('PUT /api/v1/push/subscriptions');
    sent.calls = [];
    await pushes.belongTo('2');
    expect([pushes.state, sent.calls, subscribed]).toEqual(['off', [], null]);
  });

  it('subscribes anew when the server has another key', async () => {
    kept.set('push', '1');
    permission = 'granted';
    subscribed = { key: `${key.slice(0, -2)}AA` };
    await pushes.belongTo('1');
    expect([pushes.state, subscribed]).toEqual(['on', { key }]);
  });

  it('says that the browser’s settings forbid it, and that there is none', async () => {
    permission = 'denied';
    await pushes.belongTo('1');
    expect(pushes.state).toBe('denied');
    await pushes.turnOn();
    expect([pushes.state, sent.calls]).toEqual(['denied', []]);
    vi.stubGlobal('navigator', { userAgent: 'iPhone', serviceWorker: {} });
    vi.stubGlobal('window', {});
    await pushes.belongTo('1');
    expect(pushes.state).toBe('install');
  });

  it('stays off when it is turned off while a visit shows it to the server again', async () => {
    await pushes.belongTo('1');
    await pushes.turnOn();
    let answer = () => {};
    sent.answered = new Promise((resolve) => (answer = resolve));
    const visit = pushes.belongTo('1');
    await vi.waitFor(() => expect(sent.calls.filter((call) => call.startsWith('GET'))).toHaveLength(2));
    const off = pushes.turnOff();
    answer();
    await Promise.all([visit, off]);
    expect([pushes.state, subscribed, kept.size, sent.calls.at(-1)]).toEqual(['off', null, 0, 'DELETE /api/v1/push/subscriptions']);
  });

  it('is turned off here and at the server', async () => {
    await pushes.belongTo('1');
    await pushes.turnOn();
    await pushes.turnOff();
    expect([pushes.state, subscribed, kept.size, sent.calls.at(-1)]).toEqual(['off', null, 0, 'DELETE /api/v1/push/subscriptions']);
  });
});
