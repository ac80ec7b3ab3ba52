// The screen of the node in its states: as it is answered just after a start, and as an operator fears it.
import { follow } from './accounts.mjs';
import { call } from './visit.mjs';

const envelope = (data) => ({ json: { resultCode: 'S-200', message: '', data } });
const minutes = 180;

/** A day of a node in waves; the same each time. */
function history(of) {
  const each = (make) => Array.from({ length: of }, (_, at) => make(at));
  const wave = (at) => 1 + Math.sin(at / 9) + Math.sin(at / 3.1) / 2;
  return {
    // A pause of some minutes, in which it was not there.
    secondsAgo: each((at) => (of - at) * 58 + (at < of / 2 ? 350 : 0)),
    requests: each((at) => Math.max(0, Math.round(wave(at) * 420))),
    failures: each((at) => (at > of - 12 ? Math.round(wave(at) * 30) : 0)),
    p50Ms: each((at) => (at % 70 === 5 ? null : Math.round(wave(at) * 20 + 20) / 10)),
    p95Ms: each((at) => (at % 70 === 5 ? null : Math.round(wave(at) * 300 + 300) / 10)),
    waiting: each((at) => (at > of - 12 ? 40 - Math.abs(of - 6 - at) * 4 : 0)),
    memoryBytes: each((at) => 21_000_000 + at * 20_000),
    connections: each((at) => Math.round(60 + wave(at) * 20))
  };
}

const checks = {
  READY: [],
  DEGRADED: [
    { name: 'extension', state: 'NOTE', text: 'http://10.0.0.3:8092: no connection: Connection refused' },
    { name: 'clock', state: 'NOTE', text: 'the clock is not confirmed: no time server has set it since the start' }
  ],
  UNREADY: [
    { name: 'database', state: 'UNREADY', text: 'the disk is full: 12 KiB are free where /var/lib/dontgoback-core/a-folder-with-quite-a-long-name/dontgoback.db is' },
    { name: 'auth-keys', state: 'NOTE', text: 'https://auth.example.org: not answered yet' }
  ]
};
const sentences = {
  ko: { READY: '노드가 정상으로 동작합니다.', DEGRADED: '노드가 동작하지만 살펴볼 것이 있습니다.', UNREADY: '노드가 제 일을 할 수 없습니다. 아래 이유를 보세요.' },
  en: { READY: 'The node works.', DEGRADED: 'The node works, and there is something to look at.', UNREADY: 'The node cannot do its work. See the reasons below.' }
};
const traffic = (seconds, requests, failures) => ({ seconds, requests, failures, refused: 4, p50Ms: 2.1, p95Ms: 48.5, p99Ms: 5000 });

/** What another node would answer. */
export function nodeAnswer(at, state, of = minutes) {
  const ago = (seconds) => new Date(Date.now() - seconds * 1000).toISOString();
  const trouble = state !== 'READY';
  return envelope({
    version: '1.2.0', role: 'core', host: 'pi-2', at: ago(trouble ? 95 : 0), upSeconds: 1_234_567, clockConfirmed: !trouble,
    state, text: sentences[at.language][state],
    checks: [...checks[state], { name: 'backup', state: 'FINE', text: 'last good one 2026-11-27T18:00:00Z' }],
    recently: traffic(92, 1840, trouble ? 12 : 0), sinceStart: traffic(1_234_567, 28_765_432, trouble ? 345 : 0),
    lanes: { waitingQueries: trouble ? 31 : 0, waitingCommands: 0, waitingWrites: trouble ? 9 : 0, turnedAway: trouble ? 1234 : 0 },
    connections: 87, streams: 41, memoryBytes: 24_600_000,
    storage: { databaseBytes: 1_834_000_000, diskBytes: 31_900_000_000, diskFreeBytes: trouble ? 912_000_000 : 19_000_000_000, writtenBytes: 48_700_000_000, commitP95Ms: 6.2 },
    lastBackupAt: ago(trouble ? 400_000 : 30_000),
    outbox: { queues: [{ topic: 'mails', waiting: trouble ? 12 : 0 }, { topic: 'pushes', waiting: 0 }, { topic: 'pushes-fcm', waiting: 3 }], failed: trouble ? 2 : 0, oldestSeconds: trouble ? 7260 : 3 },
    jobs: [
      { name: 'asset-refresh', periodSeconds: 86_400, lastSuccessAt: ago(trouble ? 120_000 : 40_000), lastTookMs: 8123, failures: trouble ? 3 : 0, late: trouble },
      { name: 'guest-purge', periodSeconds: 86_400, lastSuccessAt: ago(36_000), lastTookMs: 412, failures: 0, late: false },
      { name: 'watch-extension', periodSeconds: 10, lastSuccessAt: ago(4), lastTookMs: 2, failures: 0, late: false },
      { name: 'unlinked-removal', periodSeconds: 60, lastSuccessAt: null, lastTookMs: 0, failures: 0, late: false }
    ],
    nodes: [
      { name: 'extension', calls: 1204, failures: trouble ? 41 : 0, lastFailureAt: trouble ? ago(20) : null },
      { name: 'auth-keys', calls: 96, failures: 0, lastFailureAt: null }
    ],
    history: history(of)
  });
}

/** Calls `look(name)` at each. */
export async function nodeScreens(at, page, look) {
  const admin = await at.program.createUser();
  await at.program.promote(admin, 'ADMIN');
  await page.context().clearCookies();
  await follow(at, page, admin);
  const open = async (answer) => {
    await page.unroute('**/admin/status');
    if (answer) await page.route('**/admin/status', (route) => route.fulfill(answer));
    await page.goto(`${at.program.url}/status`);
    await page.locator('[data-told]').waitFor();
  };
  // Just started, whatever this program has seen meanwhile.
  const { data } = await call(page, 'GET', '/api/v1/admin/status');
  const nothing = Object.fromEntries(Object.keys(data.history).map((name) => [name, []]));
  await open(envelope({ ...data, upSeconds: 9, history: nothing, nodes: [], lastBackupAt: null }));
  await look('status-started');
  await open(nodeAnswer(at, 'READY'));
  await look('status');
  await page.locator('figure').nth(2).scrollIntoViewIfNeeded();
  await look('status-graphs');
  await open(nodeAnswer(at, 'READY', 12));
  await page.locator('.facts').scrollIntoViewIfNeeded();
  await look('status-figures');
  await open(nodeAnswer(at, 'DEGRADED'));
  await look('status-degraded');
  await open(nodeAnswer(at, 'UNREADY'));
  await look('status-unready');
  await page.locator('table').scrollIntoViewIfNeeded();
  await look('status-jobs');
  await page.unroute('**/admin/status');
}
