// Writing without one's name. What a server answers that can do it is given to the browser here, as far as the page
// depends on it; the texts themselves are real.
import assert from 'node:assert/strict';

import { call, entry, said, until, write } from './visit.mjs';

const envelope = (data, status = 200) => ({ status, json: { resultCode: `${status < 400 ? 'S' : 'F'}-${status}`, message: status < 400 ? '' : '다른 이름으로 말했습니다.', data } });
const under = (name, number = 1) => ({ userId: 0, userRole: 'USER', author: name, unlinked: true, isMine: true, ...(number === null ? {} : { face: number }) });
const toggle = (page) => page.locator('input[name=unlinked]');

/** A server that keeps what is written so from its author's name. */
async function server(page, { face = null, kept = [] } = {}) {
  const sent = [];
  const state = { face, kept, goes: false };
  const shown = () => state.kept.map((each) => ({ ...each, ...(state.goes ? { removeAt: '2026-12-05T03:00:00Z' } : {}) }));
  await page.route(/\/api\/v1\/feeds\/unlinked(\?|$)/, (route) => {
    if (route.request().method() === 'DELETE') state.goes = true;
    return route.fulfill(envelope({ feeds: shown() }));
  });
  await page.route('**/api/v1/feeds/unlinked/keep', (route) => {
    state.goes = false;
    return route.fulfill(envelope(null));
  });
  await page.route(/\/api\/v1\/comments\/unlinked\?/, (route) => route.fulfill(envelope({ comments: [] })));
  await page.route(/\/api\/v1\/(feeds|comments)$/, async (route) => {
    const body = route.request().postDataJSON();
    sent.push(body);
    if (state.face && body.unlinked && !state.face.unlinked) return route.fulfill(envelope(null, 409));
    const answer = await route.fetch();
    const { data, ...rest } = await answer.json();
    const speaks = body.feedId && state.face?.unlinked;
    if (body.feedId && body.unlinked) state.face = { unlinked: true, author: '800만대', type: 'BLUE', number: 1 };
    const hidden = body.unlinked || speaks;
    return route.fulfill({ status: answer.status(), json: { ...rest, data: hidden ? { ...data, ...under(body.feedId ? '800만대' : '익명', body.feedId ? 1 : null) } : data } });
  });
  await page.route(/\/api\/v1\/feeds\/\d+$/, async (route) => {
    if (route.request().method() !== 'GET') return route.continue();
    const { data, ...rest } = await (await route.fetch()).json();
    return route.fulfill({ json: { ...rest, data: { ...data, ...(state.face ? { myFace: state.face } : {}) } } });
  });
  return { sent, state };
}

export const unlinked = {
  async 'a server that cannot do it offers nothing of it'(at) {
    const { page } = await at.guest();
    const asked = page.waitForResponse('**/feeds/unlinked?size=1');
    const { userId } = (await call(page, 'GET', '/api/v1/users/me')).data;
    await page.locator('textarea').first().fill('이름이 남는 글');
    if (![400, 404].includes((await asked).status())) return;
    assert.equal(await toggle(page).count(), 0);
    await page.goto(`${at.program.url}/profile/${userId}`);
    await page.locator('#tab-comments').waitFor();
    assert.equal(await page.getByRole('tab').count(), 7);
  },

  async 'chosen for one text, kept with it, and no name is seen before or after'(at) {
    const { page } = await at.guest();
    const { sent } = await server(page);
    await page.locator('textarea').first().fill('이름 없는 글');
    await toggle(page).check();
    await page.reload();
    await toggle(page).waitFor();
    assert.ok(await toggle(page).isChecked(), 'it is the draft’s');
    assert.equal(await page.locator('textarea').first().inputValue(), '이름 없는 글');
    let release;
    await page.route(/\/api\/v1\/feeds$/, async (route) => {
      await new Promise((go) => (release = go));
      return route.fallback();
    });
    await page.locator('form button.primary').first().click();
    const waiting = page.locator('article.waiting');
    await waiting.waitFor();
    assert.equal(await waiting.locator('.name .number').count(), 0, 'no name while it is on its way');
    await until(() => release !== undefined, 'it is sent');
    release();
    const there = entry(page, '이름 없는 글');
    await there.waitFor();
    await there.locator('.name').getByText(at.says.anonymous).waitFor();
    assert.equal(await there.locator('.name a').count(), 0);
    assert.equal(await there.locator('.name.blue, .name.red').count(), 0, 'in ink');
    await there.locator('.menu button').first().click();
    await page.locator('.items').getByText(at.says.archive, { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.unroute(/\/api\/v1\/feeds$/);
    const after = await server(page);
    await page.locator('textarea').first().fill('이름이 남는 글');
    await toggle(page).waitFor();
    assert.ok(!(await toggle(page).isChecked()), 'not for ever');
    await page.locator('form button.primary').first().click();
    await entry(page, '이름이 남는 글').locator('.name a').waitFor();
    assert.deepEqual([...sent, ...after.sent].map(({ unlinked = false }) => unlinked), [true, false]);
  },

  async 'who types before it is known who they are is offered the choice all the same'(at) {
    const { page } = await at.guest();
    await server(page);
    let release;
    await page.route('**/api/v1/users/me', async (route) => {
      if (!release) await new Promise((go) => (release = go));
      return route.continue();
    });
    await page.reload();
    await page.locator('textarea').first().fill('누구인지 모를 때 쓴 글');
    await until(() => release !== undefined, 'it is asked who they are');
    assert.equal(await toggle(page).count(), 0);
    release();
    await toggle(page).waitFor();
  },

  async 'the button stays where it is when the choice comes: it may come while somebody presses it'(at) {
    const { page } = await at.guest();
    await server(page);
    let release;
    await page.route(/\/api\/v1\/feeds\/unlinked\?/, async (route) => {
      await new Promise((go) => (release = go));
      return route.fallback();
    });
    const button = page.locator('form button.primary').first();
    await page.locator('textarea').first().fill('누르는 사이에 고를 수 있게 된 글');
    await until(() => release !== undefined, 'it is asked');
    const before = await button.boundingBox();
    await page.mouse.move(before.x + before.width / 2, before.y + before.height / 2);
    await page.mouse.down();
    release();
    await toggle(page).waitFor();
    await page.mouse.up();
    await entry(page, '누르는 사이에 고를 수 있게 된 글').waitFor({ timeout: 20_000 });
  },

  async 'where the server had too much to do when somebody began to type, it is asked again'(at) {
    const { page } = await at.guest();
    await server(page);
    let asked = 0;
    await page.route(/\/api\/v1\/feeds\/unlinked\?/, (route) => (asked++ === 0 ? route.fulfill(envelope(null, 503)) : route.fallback()));
    await page.locator('textarea').first().fill('바쁠 때 쓴 글');
    await toggle(page).waitFor();
    assert.equal(asked, 2);
  },

  async 'where the server can do it no more, a text that was to bear no name is kept, and not sent by name'(at) {
    const { page } = await at.guest();
    await server(page);
    await page.locator('textarea').first().fill('이름으로는 안 할 말');
    await toggle(page).check();
    await page.unrouteAll();
    await page.route(/\/api\/v1\/feeds\/unlinked\?/, (route) => route.fulfill(envelope(null, 404)));
    const sent = [];
    page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
    await page.reload();
    await toggle(page).waitFor();
    await page.locator('form button.primary').first().click();
    await said(page, at.says.unlinkNot);
    assert.equal(await page.locator('textarea').first().inputValue(), '이름으로는 안 할 말');
    assert.ok(await toggle(page).isChecked());
    assert.deepEqual(sent.filter((url) => url.endsWith('/feeds')), []);
  },

  async 'below a post one speaks as who one began to be, and it is said'(at) {
    const { page } = await at.guest();
    const { page: other } = await at.guest();
    const { feedId } = (await call(other, 'POST', '/api/v1/feeds', { content: '여럿이 말할 글' })).data;
    await page.goto('about:blank');
    const { sent } = await server(page);
    await page.goto(`${at.program.url}/post/${feedId}`);
    await page.locator('textarea').first().fill('첫마디');
    await toggle(page).check();
    await page.locator('form button.primary').first().click();
    await entry(page, '첫마디').locator('.name').getByText('800만대').waitFor();
    await page.locator('textarea').first().fill('다음 말');
    await page.locator('form .as').getByText('800만대').waitFor();
    assert.equal(await toggle(page).count(), 0, 'there is nothing to choose any more');
    await page.locator('form button.primary').first().click();
    await entry(page, '다음 말').locator('.name').getByText('800만대').waitFor();
    await entry(page, '첫마디').getByText(at.says.reply, { exact: true }).click();
    await page.locator('article textarea').fill('답하는 말');
    await page.locator('article form .as').getByText('800만대').waitFor();
    assert.deepEqual(sent.map(({ unlinked = null }) => unlinked), [true, null]);
  },

  async 'chosen where one has spoken by name: refused, kept, and can be taken back'(at) {
    const { page } = await at.guest();
    const { page: other } = await at.guest();
    const { feedId } = (await call(other, 'POST', '/api/v1/feeds', { content: '이름으로 말한 글' })).data;
    const { userName, userType } = (await call(page, 'GET', '/api/v1/users/me')).data;
    await page.goto('about:blank');
    const { sent, state } = await server(page);
    await page.goto(`${at.program.url}/post/${feedId}`);
    await page.locator('textarea').first().fill('이름 없이 할 말');
    await toggle(page).check();
    state.face = { unlinked: false, author: userName, type: userType, number: 1 };
    await page.locator('form button.primary').first().click();
    await said(page, '다른 이름으로 말했습니다.');
    await page.locator('form .as').getByText(userName).waitFor();
    assert.ok(await toggle(page).isChecked(), 'it does not come to bear a name by itself');
    await toggle(page).click();
    await toggle(page).waitFor({ state: 'detached' });
    assert.ok(await page.locator('textarea').first().evaluate((field) => field === document.activeElement));
    await page.locator('form button.primary').first().click();
    await entry(page, '이름 없이 할 말').locator('.name a').waitFor();
    assert.deepEqual(sent.map(({ unlinked = false }) => unlinked), [true, false]);
  },

  async 'of somebody unknown nobody is muted or blocked: the post alone is put out of sight'(at) {
    const { page } = await at.guest();
    const { page: other } = await at.guest();
    await write(other, '누구의 것도 아닌 글');
    await entry(other, '누구의 것도 아닌 글').waitFor();
    await page.route(/\/api\/v1\/feeds\?/, async (route) => {
      const { data, ...rest } = await (await route.fetch()).json();
      const hide = (each) => (each.content === '누구의 것도 아닌 글' ? { ...each, ...under('익명', null), isMine: undefined } : each);
      return route.fulfill({ json: { ...rest, data: { ...data, feeds: data.feeds.map(hide) } } });
    });
    await page.reload();
    const post = entry(page, '누구의 것도 아닌 글');
    await post.locator('.menu button').first().click();
    assert.equal(await page.locator('.items').getByText(at.says.mute, { exact: true }).count(), 0);
    await page.locator('.items').getByText(at.says.block, { exact: true }).click();
    const hidden = page.waitForRequest((request) => request.method() === 'PUT' && /\/feeds\/\d+\/hidden$/.test(request.url()));
    await page.locator('dialog button.primary').click();
    await hidden;
    await post.waitFor({ state: 'detached' });
    assert.equal((await call(page, 'GET', '/api/v1/blocks')).data.blocks.length, 0);
  },

  async 'before leaving it is said that it stays; it can be removed, and that be taken back'(at) {
    const { page } = await at.guest();
    const { userId } = (await call(page, 'GET', '/api/v1/users/me')).data;
    const post = (await call(page, 'POST', '/api/v1/feeds', { content: '남을 글' })).data;
    const { state } = await server(page, { kept: [{ ...post, ...under('익명', null) }] });
    await page.goto(`${at.program.url}/settings`);
    const part = page.locator('.unlinked');
    await part.locator('button').click();
    await page.locator('dialog button.primary').click();
    await part.locator('[role=status]').waitFor();
    assert.ok(state.goes);
    await page.goto(`${at.program.url}/profile/${userId}?tab=unlinked`);
    await entry(page, '남을 글').locator('p.hint').getByText('2026').waitFor();
    await page.locator('p.status button').click();
    await page.locator('p.status').waitFor({ state: 'detached' });
    await until(async () => (await entry(page, '남을 글').locator('p.hint').count()) === 0, 'no day is said any more');
    assert.ok(!state.goes);
  },

  async 'of the server itself: written, answered under one face, listed, removed and kept'(at) {
    const { page } = await at.guest();
    if ((await call(page, 'GET', '/api/v1/feeds/unlinked')).status !== 200) return;
    const { userId } = (await call(page, 'GET', '/api/v1/users/me')).data;
    await page.locator('textarea').first().fill('서버가 감춘 글');
    await toggle(page).check();
    await page.locator('form button.primary').first().click();
    const mine = entry(page, '서버가 감춘 글');
    await mine.waitFor();
    assert.equal(await mine.locator('.name a').count(), 0);
    await mine.locator('a.comments').click();
    await page.waitForURL('**/post/*');
    // Its author speaks under its face without choosing it.
    await page.locator('textarea').first().fill('글쓴이의 말');
    await page.locator('form .as').waitFor();
    assert.equal(await toggle(page).count(), 0);
    await page.locator('form button.primary').first().click();
    const said = entry(page, '글쓴이의 말');
    await said.getByText(at.says.writer, { exact: true }).waitFor();
    assert.equal(await said.locator('.name a').count(), 0);
    const { page: other } = await at.guest();
    await other.goto(page.url());
    await entry(other, '글쓴이의 말').getByText(at.says.writer, { exact: true }).waitFor();
    assert.equal(await other.locator('article .name a').count(), 0);
    assert.equal(await entry(other, '글쓴이의 말').locator('.badge').count(), 1, 'no more is said to others');
    // Whoever has spoken by name is shown that they do, and offered no other.
    await write(other, '이름으로 한 말');
    await entry(other, '이름으로 한 말').locator('.name a').waitFor();
    await until(async () => {
      await other.locator('textarea').first().fill('다음 말');
      return (await other.locator('form .as').count()) === 1;
    }, 'the face is known');
    assert.equal(await toggle(other).count(), 0);

    await said.locator('.menu button').first().click();
    await page.locator('.items button').first().click();
    await page.locator('article textarea').fill('고친 글쓴이의 말');
    await page.locator('article form button.primary').click();
    await entry(page, '고친 글쓴이의 말').waitFor();
    await page.goto(`${at.program.url}/profile/${userId}?tab=unlinkedComments`);
    await entry(page, '고친 글쓴이의 말').waitFor();
    await page.locator('#tab-main').click();
    await page.locator('#posts .message').waitFor();
    await page.goto(`${at.program.url}/settings`);
    await page.locator('.unlinked button').click();
    await page.locator('dialog button.primary').click();
    await page.locator('.unlinked [role=status]').waitFor();
    await page.goto(`${at.program.url}/profile/${userId}?tab=unlinked`);
    await mine.locator('p.hint').waitFor();
    await page.locator('p.status button').click();
    await mine.locator('p.hint').waitFor({ state: 'detached' });
    assert.equal((await call(page, 'GET', '/api/v1/feeds/unlinked')).data.feeds[0].removeAt, undefined);
  }
};
