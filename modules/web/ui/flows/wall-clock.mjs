// A wall clock that is set forward, for processes of the program: by Debian's faketime. Their steady time goes on as it does.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const zone = 'Asia/Seoul'; // the service's
const daySeconds = 86_400;

function library() {
  for (const folder of readdirSync('/usr/lib')) {
    const found = join('/usr/lib', folder, 'faketime/libfaketimeMT.so.1');
    if (existsSync(found)) return found;
  }
  throw new Error('faketime is not installed: scripts/install-deps --test');
}
/** What must come before any other preloaded library: the sanitizer the program was built with. */
const sanitizers = (binary) =>
  execFileSync('ldd', [binary], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => /^\s*lib[at]san/.test(line))
    .map((line) => line.trim().split(/\s+/)[2]);

export class WallClock {
  #folder = mkdtempSync(join(tmpdir(), 'dontgoback-clock-'));
  #file = join(this.#folder, 'clock');
  #ahead = 0;

  /** Sets it, also while programs run, to the next `HH:MM:SS` in the service's zone; they see it within two seconds. */
  set(time) {
    const seconds = (text) => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
    const shows = new Date(Date.now() + this.#ahead * 1000).toLocaleTimeString('en-GB', { timeZone: zone });
    this.#ahead += (seconds(time) - seconds(shows) + daySeconds) % daySeconds;
    writeFileSync(`${this.#file}.new`, `+${this.#ahead}s\n`);
    renameSync(`${this.#file}.new`, this.#file);
  }
  environment(binary) {
    return {
      LD_PRELOAD: [...sanitizers(binary), library()].join(':'),
      FAKETIME_TIMESTAMP_FILE: this.#file,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      NO_FAKE_STAT: '1'
    };
  }
  remove() {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
