/** Whether the browser has a network; while it has none a banner says so. */
class Connection {
  offline = $state(!navigator.onLine);
}

export const connection = new Connection();
