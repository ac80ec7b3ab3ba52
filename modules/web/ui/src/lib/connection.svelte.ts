/** Whether the browser has a network; while it has none a banner says so. */
class Connection {
  offline = $state(!navigator.onLine);
  /** When it was last found again, by this device's clock. */
  backAt = 0;
}

export const connection = new Connection();
