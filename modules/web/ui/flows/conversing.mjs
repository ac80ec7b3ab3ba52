// What is said below a post: in which order, by whom, to whom.
import assert from 'node:assert/strict';

import { call, entry, said, until, write } from './visit.mjs';

/** A post with comments by two others, and its page. */
async function conversation(at) {
  const { page } = await at.guest();
  const { data: post } = await call(page, 'POST', '/api/v1/feeds', { content: '이야기할 글' });
  const { page: first } = await at.guest();
  const { page: second } = await at.guest();
  const say = async (by, content, parentCommentId = null) =>
    (await call(by, 'POST', '/api/v1/comments', { feedId: post.feedId, parentCommentId, content })).data.commentId;
  const ids = [await say(first, '처음 한 말'), await say(second, '다음에 한 말'), await say(first, '끝에 한 말')];
  await call(second, 'PUT', `/api/v1/commentLikes/${ids[1]}`);
  return { page, first, second, post, ids, say };
}
const texts = (page) => page.locator('main > article > .text').allInnerTexts();
const shows = (page, expected) =>
  until(async () => (await texts(page)).slice(1).join() === expected.join(), `${expected}`);
const fieldOf = (page) => page.locator('.compose textarea');

export const conversing = {
  async 'comments are read downwards, or by the newest or the most liked, as one chose last'(at) {
    const { page, post } = await conversation(at);
    await page.goto(`${at.program.url}/post/${post.feedId}`);
    await shows(page, ['처음 한 말', '다음에 한 말', '끝에 한 말']);
    await page.locator('.orders').getByText(at.says.liked).click();
    await shows(page, ['다음에 한 말', '끝에 한 말', '처음 한 말']);
    await page.locator('.orders').getByText(at.says.newest).click();
    await shows(page, ['끝에 한 말', '다음에 한 말', '처음 한 말']);
    await page.reload();
    await shows(page, ['끝에 한 말', '다음에 한 말', '처음 한 말']);
    await page.locator('.orders').getByText(at.says.oldest).click();
    await fieldOf(page).fill('지금 한 말');
    await page.locator('.compose button.primary').click();
    await shows(page, ['처음 한 말', '다음에 한 말', '끝에 한 말', '지금 한 말']);
    await until(() => entry(page, '지금 한 말').evaluate((each) => each.getBoundingClientRect().top < innerHeight), 'it is in sight');
  },

  async 'each voice has its number throughout a post, and its author is said to be that'(at) {
    const { page, post, say, ids, second } = await conversation(at);
    await say(page, '글쓴이의 말', ids[0]);
    await say(second, '둘째의 답', ids[0]);
    await page.goto(`${at.program.url}/post/${post.feedId}`);
    await entry(page, '처음 한 말').first().locator('button.link[aria-expanded=false]').last().click();
    const voice = (text) => page.locator('article', { has: page.locator(':scope > .text', { hasText: text }) }).last().locator('header');
    await voice('글쓴이의 말').locator('.badge', { hasText: at.says.writer }).waitFor();
    for (const [text, number] of [['처음 한 말', 1], ['다음에 한 말', 2], ['끝에 한 말', 1], ['둘째의 답', 2]]) {
      assert.match(await voice(text).locator('.face').first().innerText(), new RegExp(`· ${number}`), text);
    }
  },

  async 'a reply is answered beside it, and says whom it answers, also when that is gone'(at) {
    const { page, post, first, say, ids } = await conversation(at);
    const reply = await say(first, '첫 답글', ids[1]);
    await page.goto(`${at.program.url}/post/${post.feedId}`);
    const thread = page.locator('main > article', { hasText: '다음에 한 말' });
    await thread.locator('button.link[aria-expanded=false]').last().click();
    const shown = thread.locator('.replies article', { hasText: '첫 답글' });
    await shown.getByText(at.says.reply, { exact: true }).click();
    await shown.locator('textarea').fill('답글에 단 답');
    await shown.locator('form button.primary').click();
    const answer = thread.locator('.replies > article:not([aria-busy=true])', { hasText: '답글에 단 답' });
    await answer.waitFor();
    assert.match(await answer.locator('.answered').innerText(), /↳.*1000/s);
    await page.locator('.comments .number', { hasText: '5' }).waitFor();
    await call(first, 'DELETE', `/api/v1/comments/${reply}`);
    await page.reload();
    await thread.locator('button.link[aria-expanded=false]').last().click();
    await answer.locator('.answered', { hasText: at.says.answeredGone }).waitFor();
  },

  async 'a link to a comment is copied, and shows it in its place'(at) {
    const { page, post, ids, say } = await conversation(at);
    for (let n = 0; n < 25; n++) await say(page, `사이에 한 말 ${n}`);
    await say(page, '가리킨 말');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: at.program.url });
    await page.goto(`${at.program.url}/post/${post.feedId}`);
    await page.locator('article', { hasText: '처음 한 말' }).last().locator('.menu button').first().click();
    await page.locator('.items').getByText(at.says.copyLink).click();
    await said(page, at.says.copied);
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${at.program.url}/post/${post.feedId}?comment=${ids[0]}`);
    const { data } = await call(page, 'GET', `/api/v1/comments/${post.feedId}?size=1`);
    await page.goto(`${at.program.url}/post/${post.feedId}?comment=${data.comments[0].commentId}`);
    await page.locator('article.pointed', { hasText: '가리킨 말' }).waitFor();
    await until(() => page.locator('article.pointed').evaluate((each) => Math.abs(each.getBoundingClientRect().top) < innerHeight), 'it is in sight');
  },

  async 'the field stays at the foot of a post, and covers neither what has the focus nor the last comment'(at) {
    const { page, post, say } = await conversation(at);
    for (let n = 0; n < 12; n++) await say(page, `긴 이야기 ${n}`);
    await page.goto(`${at.program.url}/post/${post.feedId}`);
    await entry(page, '긴 이야기 11').waitFor();
    const box = () => page.locator('.compose').boundingBox();
    const { height } = page.viewportSize();
    const before = await box();
    assert.ok(before.y > height / 2 && before.y + before.height <= height, JSON.stringify(before));
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await until(async () => {
      const last = await entry(page, '긴 이야기 11').boundingBox();
      return last.y + last.height <= (await box()).y + 1;
    }, 'the last comment is above the field');
    for (let pressed = 0; pressed < 40; pressed++) {
      await page.keyboard.press('Tab');
      const hidden = await page.evaluate(() => {
        const active = document.activeElement;
        const field = document.querySelector('.compose');
        if (!active || active === document.body || field.contains(active) || active.closest('nav, .skip')) return null;
        return active.getBoundingClientRect().bottom > field.getBoundingClientRect().top + 1 ? active.outerHTML : null;
      });
      assert.equal(hidden, null);
    }
  },

  async 'keys write, search and say what they do, but not while somebody types, nor for who turned them off'(at) {
    const { page } = await at.guest();
    await page.goto(`${at.program.url}/settings`);
    await page.locator('h1').first().waitFor();
    await page.keyboard.press('n');
    await page.waitForURL(`${at.program.url}/`);
    await until(() => page.locator('main form textarea').first().evaluate((field) => field === document.activeElement), 'the field has the focus');
    await page.keyboard.type('n/?');
    assert.equal(await page.locator('main form textarea').first().inputValue(), 'n/?');
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press('/');
    await page.waitForURL('**/search');
    await until(() => page.locator('input[type=search]').evaluate((field) => field === document.activeElement), 'the search has the focus');
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press('?');
    await page.locator('dialog[open]').waitFor();
    await page.locator('dialog input[name=keys]').uncheck();
    await page.locator('dialog button.primary').click();
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press('n');
    await page.waitForTimeout(300);
    assert.equal(new URL(page.url()).pathname, '/search');
  }
};
