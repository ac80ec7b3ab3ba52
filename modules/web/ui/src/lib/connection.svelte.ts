import { answeredAgain } from './again';

/** Whether the browser has a network; while it has none a banner says so. And whether the server answers, as far as is known. */
class Connection {
  offline = $state(!navigator.onLine);
  /** The last that was asked had no answer. */
  silent = $state(false);
  /** When it was last found again, by this device's clock. */
  backAt = 0;

  /** Nothing new can be read just now. */
  get away(): boolean {
    return this.offline || this.silent;
  }
  heard(answered: boolean): void {
    const again = answered && this.silent;
    this.silent = !answered;
    if (again) dispatchEvent(new Event(answeredAgain));
  }
}

export const connection = new Connection();
