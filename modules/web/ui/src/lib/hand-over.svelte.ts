import { keepAsking } from './again-later';
import { ApiError } from './api/client';
import { handOver } from './api/members';
import type { HandOver } from './api/types';

const none = () => {};

/** Shows a code on the device that is signed in, until another device has it; nothing is given before it is allowed. */
export class Showing {
  step = $state<'closed' | 'shown' | 'claimed' | 'done' | 'over'>('closed');
  code = $state('');
  /** Who asks, once somebody does. */
  asking = $state<HandOver | null>(null);
  #id = 0;
  #stop = none;

  async open(): Promise<void> {
    this.stop();
    const shown = await handOver.show();
    this.code = shown.code;
    this.#id = shown.handOverId;
    this.step = 'shown';
    this.#stop = keepAsking(
      async () => {
        const now = await handOver.state();
        // Another tab shows another code: this one is good for nothing more.
        if (now.handOverId !== this.#id) this.step = 'over';
        else if (now.state === 'CONFIRMED') this.step = 'done';
        else if (this.step === 'shown' && now.state === 'CLAIMED') {
          this.asking = now;
          this.step = 'claimed';
        }
        return this.step !== 'shown' && this.step !== 'claimed';
      },
      () => (this.step = 'over')
    );
  }
  async allow(): Promise<void> {
    try {
      await handOver.confirm(this.#id);
      this.step = 'done';
    } catch (error) {
      if (!gone(error)) throw error;
      this.step = 'over';
    }
    this.stop();
  }
  async refuse(): Promise<void> {
    await handOver.cancel();
    this.stop();
    this.step = 'closed';
  }
  /** Asks no more. */
  stop(): void {
    this.#stop();
    this.#stop = none;
  }
}

/** The other device: has the code, and waits until it is allowed in. */
export class Claiming {
  step = $state<'enter' | 'waiting' | 'over'>('enter');
  /** The device that has to allow it. */
  device = $state<string | null>(null);
  #stop = none;

  /** @param signIn does what it is given, which signs in, and learns who that is. @param arrived leads on. */
  constructor(
    readonly signIn: (act: () => Promise<unknown>) => Promise<void>,
    readonly arrived: () => void
  ) {}

  async enter(code: string): Promise<void> {
    this.stop();
    this.device = (await handOver.claim(code)).device;
    this.step = 'waiting';
    let finishing = false;
    const over = async () => {
      // Where the answer was lost that brought the session, it is here.
      if (!finishing) this.step = 'over';
      else await this.signIn(async () => {}).then(this.arrived, () => (this.step = 'over'));
    };
    this.#stop = keepAsking(
      async () => {
        const { state } = await handOver.claimed();
        if (state !== 'CONFIRMED') return false;
        finishing = true;
        await this.signIn(handOver.finish);
        this.arrived();
        return true;
      },
      () => void over()
    );
  }
  stop(): void {
    this.#stop();
    this.#stop = none;
  }
}

const gone = (error: unknown): boolean => error instanceof ApiError && [404, 409, 410].includes(error.status);
