// The browser and the program, as the flows use them.
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

import { chromium } from 'playwright-core';

export const openBrowser = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage']
  });

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The program with a data directory of its own and demo data; it can be killed and started again at the same address. */
export class Program {
  #binary;
  #more;
  #folder = mkdtempSync(join(tmpdir(), 'dontgoback-page-'));
  #child = null;
  #read = new Set();
  #environment;

  /** `more`: what it is served with besides. `clock`: the wall clock it sees. */
  constructor(binary, more = [], clock = null) {
    this.#binary = binary;
    this.#more = more;
    this.#environment = { ...process.env, ...clock?.environment(binary) };
  }

  /** Another, that is served otherwise. */
  with(more, clock) {
    return new Program(this.#binary, more, clock);
  }

  /** Once more where another program took the port in between. */
  async start() {
    for (let left = 2; ; left--) {
      try {
        await this.#start();
        this.served = true;
        return;
      } catch (error) {
        if (left === 0) throw error;
        if (!this.served) this.port = null;
      }
    }
  }

  async #start() {
    this.port ??= await freePort();
    // Not 127.0.0.1: the origin is what the public URL says.
    this.url = `http://localhost:${this.port}`;
    const settings = ['--role=all', `--data-dir=${this.#folder}`, `--public-url=${this.url}`];
    if (!this.seeded) {
      await this.#run(['db', 'migrate', ...settings]);
      await this.#run(['demo', 'seed', ...settings]);
    }
    this.seeded = true;
    this.#child = spawn(
      this.#binary,
      // Every flow comes as another guest, from one address.
      ['serve', ...settings, `--listen=127.0.0.1:${this.port}`, '--management-listen=127.0.0.1:0', '--guests-per-hour=1000', '--newcomer-writes=0', ...this.#more],
      { stdio: ['ignore', 'pipe', 'ignore'], env: this.#environment }
    );
    const limit = setTimeout(() => this.#child.kill('SIGKILL'), 60_000);
    try {
      for await (const line of createInterface({ input: this.#child.stdout })) if (line.startsWith('ready ')) return;
    } finally {
      clearTimeout(limit);
    }
    throw new Error('the program ended before it was ready');
  }

  async kill() {
    if (!this.#child || this.#child.exitCode !== null || this.#child.signalCode) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGKILL');
    await ended;
  }

  /** Stands still: connections stay open and nothing is answered. */
  pause() {
    this.#child.kill('SIGSTOP');
  }

  resume() {
    this.#child.kill('SIGCONT');
  }

  /** After a flow that failed half-way: running, as the next one expects it. */
  async ensure() {
    if (!this.#child || this.#child.exitCode !== null || this.#child.signalCode) await this.start();
    else this.resume();
  }

  /** A new member, by id. */
  async createUser() {
    return (await this.#operate('users', 'create')).userId;
  }
  /** What the operator sends somebody to sign in with. */
  async signInLink(user) {
    return (await this.#operate('users', 'sign-in-link', String(user))).url;
  }
  /** So many more members, each with a history. */
  async populate(members) {
    for (let n = 0; n < members; n++) {
      const user = String(await this.createUser());
      await this.#operate('assets', 'backfill', '--days=60', `--user=${user}`, `--lock=member-${user}`);
    }
  }
  /** Names of a day that is to come, from now on. */
  refresh(day) {
    return this.#operate('assets', 'refresh', `--day=${day}`);
  }
  promote(user, role) {
    return this.#operate('users', 'promote', String(user), `--to=${role}`);
  }
  /** The link of the next mail to somebody: without a mail server mails are files. */
  async mailedLink(to) {
    const folder = join(this.#folder, 'mail');
    for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
      for (const name of existsSync(folder) ? readdirSync(folder) : []) {
        if (!name.endsWith('.eml') || this.#read.has(name)) continue;
        const mail = readFileSync(join(folder, name), 'latin1');
        if (!mail.includes(`\r\nTo: ${to}\r\n`)) continue;
        this.#read.add(name);
        const [, body] = /text\/plain[^]*?\r\n\r\n([^]*?)\r\n--/.exec(mail);
        return /http:\S+/.exec(Buffer.from(body, 'base64').toString())[0];
      }
    }
    throw new Error('no mail came');
  }
  async #operate(...words) {
    const settings = [`--data-dir=${this.#folder}`, `--public-url=${this.url}`, '--json'];
    return JSON.parse((await promisify(execFile)(this.#binary, [...words, ...settings], { env: this.#environment })).stdout);
  }

  async remove() {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #run(args) {
    return new Promise((resolve, reject) => {
      const child = spawn(this.#binary, args, { stdio: 'ignore', env: this.#environment });
      child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${args[0]} ended with ${code}`))));
    });
  }
}
