// The screens of the day. What needs many members, or a certain hour, the browser is given.
import { demoPosts } from './visit.mjs';

const envelope = (data) => ({ json: { resultCode: 'S', message: '', data } });
const move = (name, changePercent) => ({ name, unnamed: name === '익명', changePercent });
const cells = Array.from({ length: 31 }, (_, n) => ({
  from: n === 0 ? null : 4_000_000 + n * 500_000,
  to: n === 30 ? null : 4_500_000 + n * 500_000,
  accounts: Math.round(20 + 90_000 * Math.exp(-((n - 14) ** 2) / 30))
}));
const known = {
  day: '2026-11-20',
  changesIn: 40_000,
  state: 'KNOWN',
  accounts: cells.reduce((sum, { accounts }) => sum + accounts, 0),
  percentile: 23,
  rises: ['1.2억', '1250만대', '익명', '999만', '1000만대', '830만', '익명', '1010만', '1100만대', '700만대'].map((name, n) => move(name, 5 - n * 0.01)),
  falls: ['930만', '익명', '1200만대', '988만'].map((name, n) => move(name, -5 + n * 0.13)),
  distribution: cells
};

/** Calls `look(name)` at each; as a member with a history. */
export async function dayScreens(at, page, look) {
  const open = async (path, ready) => {
    await page.goto(`${at.program.url}${path}`);
    await page.locator(ready).first().waitFor();
  };
  const [{ userId }] = await demoPosts(page);
  await page.context().clearCookies();
  await page.context().addInitScript(() => localStorage.setItem('moment', '0'));
  await open('/login', 'button');
  await page.goto(await at.program.signInLink(userId));
  await page.locator('form button').first().click();
  await page.locator('article').first().waitFor();
  let data = known;
  await page.route('**/api/v1/assets/today', (route) => route.fulfill(data ? envelope(data) : { status: 429, headers: { 'Retry-After': '30' }, json: { resultCode: 'F-429', message: '', data: null } }));
  await open('/', 'section a.day svg');
  await page.locator('article').first().waitFor();
  await look('feed-day');
  await open('/today', '.percentile');
  await look('today');
  await page.locator('summary').click();
  await page.locator('.moves').scrollIntoViewIfNeeded();
  await look('today-table');
  data = { ...known, state: 'FEW', accounts: 0, percentile: null, rises: [], falls: [], distribution: [] };
  await open('/today', '.message');
  await look('today-few');
  data = { ...data, state: 'COUNTING' };
  await open('/today', '.message');
  await look('today-counting');
  data = null;
  await open('/today', '.failure');
  await look('today-failed');
  await page.unroute('**/api/v1/assets/today');
  await open(`/profile/${userId}`, '.chart canvas');
  await page.locator('.compared').scrollIntoViewIfNeeded();
  await look('profile-facts');
}
