// What may stand between a browser and the program: it hands on, keeps an answer until it is whole, sleeps, or drops.
import { createServer, request } from 'node:http';

export class Proxy {
  #to;
  #server;
  #sockets = new Set();
  #answers = new Set();
  #asleep = false;
  #waiting = [];
  /** Keeps each answer until its end, as some that look for viruses or compress do: a stream has none. */
  buffers = false;
  /** What it answers by itself to a path: nothing, another path to ask for, or `{ status, type, body }`. */
  instead = null;
  /** How many streams were asked for through it. */
  streams = 0;

  constructor(program) {
    this.#to = program.port;
    this.#server = createServer((asked, answer) => this.#hand(asked, answer));
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  async start() {
    await this.#listen(0);
    this.port = this.#server.address().port;
    this.url = `http://localhost:${this.port}`;
    return this;
  }

  /** Hands on nothing more, in either direction; connections stay, and nothing says so. */
  sleep() {
    this.#asleep = true;
    for (const answer of this.#answers) answer.pause();
  }
  wake() {
    this.#asleep = false;
    for (const answer of this.#answers) answer.resume();
    for (const hand of this.#waiting.splice(0)) hand();
  }
  /** Ends all connections, and takes none. */
  async drop() {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
  again() {
    return this.#listen(this.port);
  }

  #listen(port) {
    return new Promise((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
  }

  #hand(asked, answer) {
    if (asked.url.includes('/notifications/stream')) this.streams++;
    if (this.#asleep) {
      this.#waiting.push(() => answer.destroyed || this.#onward(asked, answer));
    } else {
      this.#onward(asked, answer);
    }
  }

  #onward(asked, answer) {
    const { method, url, headers } = asked;
    const own = this.instead?.(url) ?? url;
    if (typeof own !== 'string') {
      answer.writeHead(own.status, { 'Content-Type': own.type ?? 'text/plain', 'Cache-Control': 'no-cache' }).end(own.body);
      return;
    }
    const path = own;
    const onward = request({ host: '127.0.0.1', port: this.#to, method, path, headers }, (got) => {
      this.#answers.add(got);
      got.once('close', () => this.#answers.delete(got));
      got.once('error', () => answer.destroy());
      if (!this.buffers) {
        answer.writeHead(got.statusCode, got.rawHeaders);
        answer.flushHeaders();
        got.pipe(answer);
        return;
      }
      const kept = [];
      got.on('data', (part) => kept.push(part));
      got.once('end', () => answer.writeHead(got.statusCode, got.rawHeaders).end(Buffer.concat(kept)));
    });
    onward.once('error', () => answer.destroy());
    answer.once('close', () => onward.destroy());
    asked.pipe(onward);
  }
}
