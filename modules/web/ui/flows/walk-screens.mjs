// The screens of walking. What needs many walkers the browser is given.
import { call, until } from './visit.mjs';
import { tell, today, walker } from './walking.mjs';

const envelope = (data) => ({ json: { resultCode: 'S', message: '', data } });
const names = ['지수', 'Marathon_runner_of_the_whole_wide_world_1234567890', '아빠', '김대리', 'halmoni'];

/** Calls `look(name)` at each; as somebody new who walks. */
export async function walkScreens(at, page, look) {
  const open = async (path, ready) => {
    await page.goto(`${at.program.url}${path}`);
    await page.locator(ready).first().waitFor();
  };
  await page.context().clearCookies();
  const user = await at.program.createUser();
  await open('/login', 'button');
  await page.goto(await at.program.signInLink(user));
  await page.locator('button').click();
  await page.locator('article').first().waitFor();
  await open('/settings', '#walk');
  await page.locator('#walk').scrollIntoViewIfNeeded();
  await look('settings-walk');
  await open('/walk', 'input[name=consent]');
  await look('walk-begin');
  await page.locator('main form button.primary').click();
  await page.locator('#agree').waitFor();
  await look('walk-consent');
  await page.locator('#agree').click();
  await page.locator('main input[name=nickname]').fill('가');
  await page.locator('main form:has(input[name=nickname]) button').click();
  await page.locator('main [role=alert]').waitFor();
  await look('walk-nickname');
  await page.locator('main input[name=nickname]').fill(`me_${user}_${at.size}_${at.language}`);
  await page.locator('main form:has(input[name=nickname]) button').click();
  await page.locator('.ask').waitFor({ state: 'detached' });
  await page.locator('.alone').waitFor();
  await look('walk-alone');

  const day = await today(page);
  const entries = names.map((nickname, n) => ({ walkerId: `00000000-0000-4000-8000-00000000000${n}`, nickname, steps: 14_320 - n * 2_900, rank: n + 1, isMe: n === 2, doubtful: false }));
  const doubtful = { walkerId: '00000000-0000-4000-8000-000000000009', nickname: '로켓', steps: 98_000, rank: null, isMe: false, doubtful: true };
  const board = { period: 'today', from: day, to: day, entries: [...entries, doubtful], me: entries[2] };
  const stream = '**/api/v1/boards/friends/stream?*';
  const moved = { ...board, entries: [entries[0], { ...entries[2], rank: 2, steps: 12_000 }, { ...entries[1], rank: 3 }, ...entries.slice(3), doubtful], me: { ...entries[2], rank: 2, steps: 12_000 } };
  await page.route('**/api/v1/boards/friends?*', (route) => route.fulfill(envelope(board)));
  await page.route(stream, (route) => route.fulfill({ contentType: 'text/event-stream', body: `event: board\ndata: ${JSON.stringify(moved)}\n\n` }));
  await page.route('**/api/v1/boards/percentile', (route) => route.fulfill(envelope({ optIn: true, percent: 83 })));
  await open('/walk', '.passed p');
  await look('walk-board');
  await page.locator('.doubtful').scrollIntoViewIfNeeded();
  await look('walk-board-doubtful');
  await page.unroute('**/api/v1/boards/friends?*');
  await page.unroute(stream);

  for (let n = 0; n < 9; n++) {
    const past = new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000 * n).toISOString().slice(0, 10);
    await tell(page, 4_500 + ((n * 2_731) % 9_000), past, { hours: [0, 0, 0, 0, 0, 0, 0, 800, 1_200, 200, 300, 100, 900, 200, 0, 100, 100, 300], utcOffsetMinutes: await page.evaluate(() => -new Date().getTimezoneOffset()) });
  }
  await tell(page, 61_000, day, { device: 'typed', source: 'MANUAL' });
  await open('/walk/me', '#statistics dl');
  await look('walk-me');
  await page.locator('#statistics').scrollIntoViewIfNeeded();
  await look('walk-statistics');
  await page.locator('#statistics .periods button').nth(1).click();
  await until(async () => (await page.locator('#statistics figure').count()) === 3, 'the month');
  await page.locator('#statistics summary').first().click();
  await look('walk-statistics-month');
  await open(`/walk/day/${day}`, '.total');
  await look('walk-day');
  await open('/walk/day/2026-02-31', '.message');
  await look('walk-day-none');

  const { page: other, context: theirs, name } = await walker(at);
  const { walkerId } = (await call(other, 'GET', '/api/v1/walkers/me')).data;
  await open('/walk/friends', '#friends');
  await look('walk-friends-empty');
  await page.locator('form[role=search] input').fill(name);
  await page.locator('form[role=search] button').click();
  await page.locator('.found button').waitFor();
  await page.locator('#make-link').click();
  await page.locator('#by-link svg path').waitFor();
  await look('walk-friends-found');
  await page.locator('#by-link').scrollIntoViewIfNeeded();
  await look('walk-friends-link');
  const some = names.map((nickname, n) => ({ walkerId: entries[n].walkerId, nickname }));
  await page.route(/\/api\/v1\/friends\?/, (route) => route.fulfill(envelope({ friends: some, count: some.length })));
  await page.route(/\/api\/v1\/friends\/requests\?/, (route) => route.fulfill(envelope({ requests: [{ walkerId, nickname: names[1] }], count: 1 })));
  await page.route(/\/api\/v1\/friends\/blocks\?/, (route) => route.fulfill(envelope({ blocks: [{ walkerId, nickname: null }], count: 1 })));
  await open('/walk/friends', '#requests-in li');
  await look('walk-friends');
  await page.locator('#friends .menu button').first().click();
  await look('walk-friends-menu');
  await page.locator('.items').getByText(at.says.blockWalker, { exact: true }).click();
  await page.locator('dialog[open]').waitFor();
  await look('walk-friends-block');
  await page.keyboard.press('Escape');
  await page.unroute(/\/api\/v1\/friends\?/);
  await page.unroute(/\/api\/v1\/friends\/requests\?/);
  await page.unroute(/\/api\/v1\/friends\/blocks\?/);
  await open('/walk/friends/add#token', '#ask');
  await page.locator('#ask').click();
  await page.locator('main [role=alert]').waitFor();
  await look('walk-friends-add');

  await open('/walk/groups', 'input[name=group]');
  await look('walk-groups-empty');
  await page.locator('input[name=group]').fill('우리 가족');
  await page.locator('form:has(input[name=group]) button').click();
  await page.locator('#make-invitation').click();
  await page.locator('#invite svg path').waitFor();
  await page.locator('#members li').first().waitFor();
  await look('walk-group');
  await open('/walk/groups', 'main li a');
  await look('walk-groups');
  await open('/walk/groups/join#token', '#join');
  await look('walk-groups-join');

  await open('/walk/goal', 'input[name=goal]');
  await look('walk-goal-none');
  await page.locator('input[name=goal]').fill('8000');
  await page.locator('#daily-goal form button').click();
  await page.locator('progress').waitFor();
  await look('walk-goal');
  await open('/walk/notifications', '.message, main article');
  await look('walk-news-empty');
  await call(other, 'POST', '/api/v1/friends/requests', { walkerId: (await call(page, 'GET', '/api/v1/walkers/me')).data.walkerId });
  await open('/walk/notifications', 'main article');
  await look('walk-news');
  await open('/walk/settings', 'input[name=CHEER]');
  await page.locator('#sessions li').first().waitFor();
  await page.locator('input[name=quiet]').check();
  await page.locator('input[name=from]').waitFor();
  await look('walk-settings');
  await page.locator('#leave').click();
  await page.locator('dialog[open]').waitFor();
  await look('walk-leave');
  await page.keyboard.press('Escape');
  await open('/walk/import', 'input[type=file]');
  await look('walk-import');
  await page.locator('input[type=file]').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(`${day},500\nnothing\n2001-01-01,5\n`) });
  await page.locator('#send').waitFor();
  await look('walk-import-found');
  await page.unroute('**/api/v1/boards/percentile');
  await theirs.close();

  await page.route('**/api/v1/walkers/**', (route) => route.fulfill({ status: 404, json: { resultCode: 'F', message: '', data: null } }));
  await open('/walk', '.message a');
  await look('walk-absent');
  await page.unroute('**/api/v1/walkers/**');
}
