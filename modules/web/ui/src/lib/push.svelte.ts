import { api } from './api/client';
import { bytesOf, textOf } from './base64url';

// Being told in this browser also while no page is open (Push API). The server keeps it for the session; this browser
// remembers for whom it was turned on, so that nobody else is told here.

const remembered = 'push';
const path = '/api/v1/push/subscriptions';

/**
 * `absent`: this browser has none, or not here; `install`: an iPhone has it for a page on the home screen only;
 * `denied`: its settings forbid it.
 */
export type PushState = 'unknown' | 'absent' | 'install' | 'denied' | 'off' | 'on';

const worker = () => navigator.serviceWorker.ready;

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
function keep(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Where nothing is kept it has to be turned on at each visit.
  }
}

class Pushes {
  state = $state<PushState>('unknown');
  #who: number | undefined;

  /** Whose they are from now on: what was turned on for them is shown to the server again, for anybody else it ends. */
  async belongTo(who: number): Promise<void> {
    this.#who = who;
    this.state = await this.#look();
    if (this.state === 'absent' || this.state === 'install') return;
    const own = read(remembered) === String(who);
    if (this.state === 'on' && !own) await this.#end();
    if (this.state !== 'denied' && own) await this.#begin().catch(() => {});
  }

  /** Asks the browser's permission where that is needed: only because somebody pressed a button. */
  async turnOn(): Promise<void> {
    if ((await Notification.requestPermission()) !== 'granted') {
      this.state = await this.#look();
      return;
    }
    await this.#begin();
    keep(remembered, String(this.#who));
  }

  async turnOff(): Promise<void> {
    keep(remembered, null);
    await this.#end();
    await api<null>(path, { method: 'DELETE' });
  }

  async #look(): Promise<PushState> {
    if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window)) {
      return /iPhone|iPad/.test(navigator.userAgent) ? 'install' : 'absent';
    }
    if (!(await navigator.serviceWorker.getRegistration())) return 'absent';
    if (Notification.permission === 'denied') return 'denied';
    return (await (await worker()).pushManager.getSubscription()) ? 'on' : 'off';
  }

  async #begin(): Promise<void> {
    const { pushManager } = await worker();
    const { publicKey } = await api<{ publicKey: string }>('/api/v1/push/key');
    let known = await pushManager.getSubscription();
    const key = known?.options.applicationServerKey;
    if (known && key && textOf(key) !== publicKey) {
      await known.unsubscribe(); // made for a key that the server has no more
      known = null;
    }
    known ??= await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(publicKey) });
    await api<null>(path, { method: 'PUT', body: known.toJSON() });
    this.state = 'on';
  }

  async #end(): Promise<void> {
    await endPushes();
    this.state = await this.#look();
  }
}

/** This browser is told of nothing any more, whatever the server thinks. */
export async function endPushes(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  await (await registration?.pushManager?.getSubscription())?.unsubscribe();
}

export const pushes = new Pushes();
