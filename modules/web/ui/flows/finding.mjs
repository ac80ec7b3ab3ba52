// Looking for posts by what they say.
import assert from 'node:assert/strict';

import { somebody } from './moderating.mjs';
import { call, entry, until } from './visit.mjs';

const field = (page) => page.locator('input[type=search]');
const searched = (page) => new URL(page.url()).searchParams.get('q');
/** What the page asked the server to search. */
function listen(page) {
  const asked = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.pathname === '/api/v1/search/feeds') asked.push([url.searchParams.get('q'), url.searchParams.get('lastFeedId')]);
  });
  return asked;
}

export const finding = {
  async 'words are found inside longer ones and marked; the address has them, back and a reload find all again'(at) {
    const { page } = await at.guest();
    for (const content of ['사과나무 아래에서', '나무늘보는 느리다', '아무것도 아닌 글']) {
      await call(page, 'POST', '/api/v1/feeds', { content });
    }
    const asked = listen(page);
    await page.locator('nav a[href="/search"]').click();
    await until(() => field(page).evaluate((input) => input === document.activeElement), 'the field has the focus');
    await field(page).fill('나무');
    await page.keyboard.press('Enter');
    await entry(page, '나무늘보는 느리다').waitFor();
    await entry(page, '사과나무 아래에서').waitFor();
    assert.equal(searched(page), '나무');
    assert.deepEqual(await page.locator('mark').allInnerTexts(), ['나무', '나무']);
    assert.equal(await page.getByText('아무것도 아닌 글').count(), 0);
    await page.getByText(at.says.searchedAll).waitFor();

    await field(page).fill('나무 느리다');
    await page.locator('form[role=search] button.primary').click();
    await until(async () => (await page.locator('mark').allInnerTexts()).join() === '나무,느리다', 'both words in one post');
    await entry(page, '나무늘보는 느리다').locator('.when a').click();
    await page.waitForURL('**/post/*');
    await page.goBack();
    await entry(page, '나무늘보는 느리다').waitFor();
    assert.equal(await field(page).inputValue(), '나무 느리다');
    await page.goBack();
    await entry(page, '사과나무 아래에서').waitFor();
    assert.equal(await field(page).inputValue(), '나무');
    await page.reload();
    await entry(page, '사과나무 아래에서').waitFor();
    assert.equal(await field(page).inputValue(), '나무');

    await page.locator('form[role=search] .clear').click();
    await page.waitForURL((url) => url.search === '');
    assert.equal(await page.locator('article').count(), 0);
    assert.ok(await field(page).evaluate((input) => input === document.activeElement));
    assert.ok(asked.every(([words]) => ['나무', '나무 느리다'].includes(words)), `asked for ${JSON.stringify(asked)}`);
  },

  async 'nothing is asked while a syllable is composed, nor for one character; nothing found is said'(at) {
    const { page } = await at.guest();
    const asked = listen(page);
    await page.goto(`${at.program.url}/search`);
    await field(page).focus();
    // As an input method does: Enter ends the syllable under way, and the search comes with all of it.
    const devtools = await page.context().newCDPSession(page);
    for (const text of ['ㅊ', '차', '찾', '찾ㅇ', '찾아', '찾아보']) {
      await devtools.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    }
    await page.waitForTimeout(300);
    assert.deepEqual(asked, []);
    await page.keyboard.press('Enter');
    await devtools.send('Input.insertText', { text: '찾아보' });
    await until(() => searched(page) === '찾아보', 'the whole word is in the address');
    await page.getByText(at.says.nothingFound).waitFor();
    assert.deepEqual(asked, [['찾아보', '0']]);

    await field(page).fill('가');
    await page.keyboard.press('Enter');
    await page.getByText(at.says.searchShort).waitFor();
    await page.goto(`${at.program.url}/search?q=${encodeURIComponent('ㄱ ㄴ !')}`);
    await page.getByText(at.says.searchShort).waitFor();
    assert.equal(asked.length, 1);
  },

  async 'a search that ends early goes on by itself, also over empty pages, and a failed page is tried again'(at) {
    const { page } = await at.guest();
    const { data: post } = await call(page, 'POST', '/api/v1/feeds', { content: '멀리 있는 글' });
    const { data: read } = await call(page, 'GET', `/api/v1/feeds/${post.feedId}`);
    const asked = listen(page);
    let refuse = true;
    await page.route('**/api/v1/search/feeds?*', (route) => {
      const before = Number(new URL(route.request().url()).searchParams.get('lastFeedId'));
      const answer = (feeds, nextFeedId) => route.fulfill({ json: { resultCode: 'S-200', message: '', data: { feeds, nextFeedId } } });
      if (before === 0) return answer([], 900_000);
      if (before === 900_000) return answer([{ ...read, feedId: 800_000, content: '멀리서 온 글' }], 700_000);
      if (!refuse) return answer([read], null);
      refuse = false;
      return route.fulfill({ status: 400, json: { resultCode: 'F-400', message: '멈춘 까닭', data: null } });
    });
    await page.goto(`${at.program.url}/search?q=${encodeURIComponent('멀리')}`);
    await entry(page, '멀리서 온 글').waitFor();
    await page.getByText('멈춘 까닭').waitFor();
    await page.locator('.failure button').click();
    await entry(page, '멀리 있는 글').waitFor();
    await page.getByText(at.says.searchedAll).waitFor();
    assert.deepEqual(asked.map(([, before]) => before), ['0', '900000', '700000', '700000']);
  },

  async 'a topic and an address in a text lead on; a topic has its own list, and an address says where it leads'(at) {
    // A newcomer's link would wait to be looked at.
    const { page } = await somebody(at, 'MODERATOR');
    const content = '오늘 #월급날! 그런데 월급날은 https://bank.example/pay?of=me 에서 보자';
    for (const each of [content, '월급날이라고만 쓴 글', '주제 없는 #1 글']) await call(page, 'POST', '/api/v1/feeds', { content: each });
    await page.goto(at.program.url);
    const post = (text) => page.locator('article', { hasText: text });
    await post('주제 없는').waitFor();
    const away = post('#월급날!').getByRole('link', { name: 'bank.example/pay' });
    assert.equal(await away.getAttribute('href'), 'https://bank.example/pay?of=me');
    assert.equal(await away.getAttribute('rel'), 'noopener nofollow ugc');
    assert.equal(await away.getAttribute('target'), '_blank');
    assert.equal(await post('주제 없는').locator('.text a').count(), 0);
    await post('#월급날!').getByRole('link', { name: '#월급날' }).click();
    await page.waitForURL('**/search?q=*');
    assert.equal(searched(page), '#월급날');
    await page.getByText(at.says.end).waitFor();
    assert.equal(await page.locator('article').count(), 1);
    await field(page).fill('#아무도안쓴주제');
    await page.keyboard.press('Enter');
    await page.getByText(at.says.emptyTopic).waitFor();
  },

  async 'a tap anywhere on an entry opens it, but not one that selects its words or presses something'(at) {
    const { page } = await at.guest();
    await call(page, 'POST', '/api/v1/feeds', { content: '눌러서 여는 글' });
    await page.goto(at.program.url);
    const text = entry(page, '눌러서 여는 글').locator('.text');
    await entry(page, '눌러서 여는 글').locator('footer button').first().click();
    const { x, y, width, height } = await text.boundingBox();
    await page.mouse.move(x + 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width / 2, y + height / 2, { steps: 4 });
    await page.mouse.up();
    assert.equal(await page.evaluate(() => getSelection().isCollapsed), false);
    assert.equal(new URL(page.url()).pathname, '/');
    await page.evaluate(() => getSelection().removeAllRanges());
    await text.click();
    await page.waitForURL('**/post/*');
    // The post on its own page opens nothing.
    const here = page.url();
    await entry(page, '눌러서 여는 글').locator('.text').click();
    assert.equal(page.url(), here);
  },

  async 'what is talked of today has a list of its own, which begins anew at its top only'(at) {
    const { page } = await at.guest();
    const { page: other } = await at.guest();
    const ids = [];
    for (const content of ['조용한 글', '답이 달린 글', '좋아한 글']) ids.push((await call(page, 'POST', '/api/v1/feeds', { content })).data.feedId);
    await call(other, 'PUT', `/api/v1/feedLikes/${ids[2]}`);
    await call(other, 'POST', '/api/v1/comments', { feedId: ids[1], content: '답' });
    await page.goto(at.program.url);
    await page.locator('.orders').getByText(at.says.today, { exact: true }).click();
    await page.waitForURL('**/popular');
    const texts = () => page.locator(`section[aria-label="${at.says.today}"] article .text`).allInnerTexts();
    const own = async () => (await texts()).filter((text) => ['조용한 글', '답이 달린 글', '좋아한 글'].includes(text));
    const shows = (expected) => until(async () => (await own()).join() === expected.join(), expected.join());
    await shows(['답이 달린 글', '좋아한 글']);
    for (const each of [page, other]) await call(each, 'PUT', `/api/v1/feedLikes/${ids[0]}`);
    await call(page, 'PUT', `/api/v1/feedLikes/${ids[2]}`);
    await call(page, 'POST', '/api/v1/comments', { feedId: ids[2], content: '답' });
    await page.locator('.orders').getByText(at.says.newestPosts, { exact: true }).click();
    await entry(page, '조용한 글').waitFor();
    await page.locator('.orders').getByText(at.says.today, { exact: true }).click();
    await page.waitForURL('**/popular');
    await page.reload();
    await shows(['좋아한 글', '답이 달린 글', '조용한 글']);
  }
};
