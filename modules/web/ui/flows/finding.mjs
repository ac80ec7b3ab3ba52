// Looking for posts by what they say.
import assert from 'node:assert/strict';

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
  }
};
