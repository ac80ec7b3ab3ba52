import { bytesOf, textOf } from './base64url';

// Being told in this browser also while no page is open (Push API).

/**
 * `absent`: this browser has none, or not here; `install`: an iPhone has it for a page on the home screen only;
 * `denied`: its settings forbid it.
 */
export type PushState = 'unknown' | 'absent' | 'install' | 'denied' | 'off' | 'on';

/**
 * Of whom: a registration of a service worker has a subscription of its own, and who is told by one is told by no other.
 * Nothing of one place is in another.
 */
export interface PushPlace {
  /** The registration; nothing: there is none now. */
  there: () => Promise<ServiceWorkerRegistration | undefined>;
  /** It, made where that can be done. */
  make: () => Promise<ServiceWorkerRegistration>;
  /** What is said while there is none. */
  without: 'absent' | 'off';
  /** Under what this browser remembers for whom it was turned on, so that nobody else is told here. */
  remembered: string;
  key: () => Promise<string>;
  /** Tells the server, which keeps it for the session. */
  put: (subscription: PushSubscriptionJSON) => Promise<unknown>;
  remove: () => Promise<unknown>;
  /** Ends what the browser has of it, whatever the server thinks. */
  end: () => Promise<void>;
}

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

export class Pushes {
  state = $state<PushState>('unknown');
  #who: string | undefined;
  #place: PushPlace;
  #last: Promise<unknown> = Promise.resolve();

  constructor(place: PushPlace) {
    this.#place = place;
  }

  /** Whose they are from now on: what was turned on for them is shown to the server again, for anybody else it ends. */
  belongTo(who: string): Promise<void> {
    this.#who = who;
    return this.#inTurn(async () => {
      this.state = await this.#look();
      if (this.state === 'absent' || this.state === 'install') return;
      const own = read(this.#place.remembered) === who;
      if (this.state === 'on' && !own) await this.#end();
      if (this.state !== 'denied' && own) await this.#begin().catch(() => {});
    });
  }

  /** Asks the browser's permission where that is needed: only because somebody pressed a button. */
  async turnOn(): Promise<void> {
    const granted = (await Notification.requestPermission()) === 'granted';
    await this.#inTurn(async () => {
      if (!granted) {
        this.state = await this.#look();
        return;
      }
      try {
        await this.#begin();
      } catch (error) {
        // Half of it is none.
        await this.#end().catch(() => {});
        throw error;
      }
      keep(this.#place.remembered, this.#who ?? null);
    });
  }

  turnOff(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#forget();
      await this.#place.remove();
    });
  }

  /** Whose they were is here no more: this browser is told of nothing, and the server need not be told. */
  forget(): Promise<void> {
    return this.#inTurn(() => this.#forget());
  }

  /** One after another: what is turned off while a visit shows it to the server again is off after that. */
  #inTurn(act: () => Promise<void>): Promise<void> {
    const done = this.#last.then(act);
    this.#last = done.catch(() => {});
    return done;
  }

  async #forget(): Promise<void> {
    keep(this.#place.remembered, null);
    await this.#end();
  }

  async #look(): Promise<PushState> {
    if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window)) {
      return /iPhone|iPad/.test(navigator.userAgent) ? 'install' : 'absent';
    }
    const registration = await this.#place.there();
    if (!registration && this.#place.without === 'absent') return 'absent';
    if (Notification.permission === 'denied') return 'denied';
    return (await registration?.pushManager.getSubscription()) ? 'on' : 'off';
  }

  async #begin(): Promise<void> {
    const { pushManager } = await this.#place.make();
    const publicKey = await this.#place.key();
    let known = await pushManager.getSubscription();
    const key = known?.options.applicationServerKey;
    if (known && key && textOf(key) !== publicKey) {
      await known.unsubscribe(); // made for a key that the server has no more
      known = null;
    }
    known ??= await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(publicKey) });
    await this.#place.put(known.toJSON());
    this.state = 'on';
  }

  async #end(): Promise<void> {
    await this.#place.end();
    this.state = await this.#look();
  }
}
