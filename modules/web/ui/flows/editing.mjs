// What is edited, what it said before, and the ways that lead to the first word.
import assert from 'node:assert/strict';

import { somebody } from './moderating.mjs';
import { call, entry, overflow, said, until, write } from './visit.mjs';

const field = (page) => page.locator('main > form textarea');
const has = (page, selector) => page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
const dialog = (page) => page.locator('dialog[open]');

/** Opens the field in which an own entry is edited. */
async function edit(page, text) {
  await entry(page, text).locator('.menu button').first().click();
  await page.locator('.items button').first().click();
}
async function save(page, text) {
  await page.locator('article textarea').fill(text);
  await page.locator('article form button.primary').click();
  await entry(page, text).locator('.when button').waitFor();
}

export const editing = {
  async 'an edited entry says so and when to everybody; its author and moderators read what it said before'(at) {
    const [{ page: author }, { page: reader }, { page: moderator }, { page: admin }] = [
      await somebody(at),
      await at.guest(),
      await somebody(at, 'MODERATOR'),
      await somebody(at, 'ADMIN')
    ];
    await author.goto(`${at.program.url}/`);
    await write(author, '처음에 쓴 글');
    await entry(author, '처음에 쓴 글').waitFor();
    for (const [before, after] of [['처음에 쓴 글', '다시 쓴 글'], ['다시 쓴 글', '마지막 글']]) {
      await edit(author, before);
      await save(author, after);
    }
    const { feedId } = (await call(author, 'GET', '/api/v1/feeds?size=1')).data.feeds[0];
    const path = `${at.program.url}/post/${feedId}`;
    // What a post said before is loaded when somebody asks for it.
    const loaded = await author.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.includes('/revisions')).length);
    assert.equal(loaded, 0);
    await entry(author, '마지막 글').locator('.when button').click();
    await dialog(author).getByText('다시 쓴 글', { exact: true }).waitFor();
    assert.deepEqual(await dialog(author).locator('.text').allInnerTexts(), ['다시 쓴 글', '처음에 쓴 글']);
    assert.equal(await dialog(author).locator('time').count(), 2);
    assert.equal(await dialog(author).getByText(at.says.lookWritten).count(), 0);
    await author.keyboard.press('Escape');
    await dialog(author).waitFor({ state: 'detached' });
    await until(() => has(author, '.when button'), 'the focus is where it was');

    await reader.goto(path);
    const shown = entry(reader, '마지막 글').locator('.when');
    await shown.getByText(at.says.edited).waitFor();
    assert.equal(await shown.locator('time').count(), 2);
    assert.equal(await shown.locator('button').count(), 0);
    await moderator.goto(path);
    await entry(moderator, '마지막 글').locator('.when button').click();
    await dialog(moderator).getByText('처음에 쓴 글', { exact: true }).waitFor();
    await dialog(moderator).getByText(at.says.lookWritten).waitFor();
    await admin.goto(`${at.program.url}/moderation/audit`);
    await admin.getByText(at.says.revisionsRead).first().waitFor();

    // The same of a comment.
    await author.goto(path);
    await write(author, '처음 댓글');
    await edit(author, '처음 댓글');
    await save(author, '고친 댓글');
    await entry(author, '고친 댓글').locator('.when button').click();
    await dialog(author).getByText('처음 댓글', { exact: true }).waitFor();
  },

  async 'an edit under way is there after a reload, until it is saved, and in another tab'(at) {
    const { page, context } = await at.guest();
    await write(page, '고치다 만 글');
    await entry(page, '고치다 만 글').waitFor();
    const unfinished = (tab) => entry(tab, '고치다 만 글').locator('.aside');
    assert.equal(await unfinished(page).count(), 0);
    await edit(page, '고치다 만 글');
    await page.locator('article textarea').fill('고치다 만 글, 고치는 중');
    await page.reload();
    await unfinished(page).click();
    assert.equal(await page.locator('article textarea').inputValue(), '고치다 만 글, 고치는 중');
    // Another tab shows the same, and what either types is lost to neither.
    const other = await context.newPage();
    await other.goto(page.url());
    await unfinished(other).click();
    assert.equal(await other.locator('article textarea').inputValue(), '고치다 만 글, 고치는 중');
    // What both show is saved once.
    await page.bringToFront();
    await page.locator('article form button.primary').click();
    await said(page, at.says.saved);
    await entry(page, '고치다 만 글, 고치는 중').locator('.when button').waitFor();
    assert.equal(await page.locator('.aside').count(), 0);
    await until(async () => (await other.locator('article textarea').inputValue()) === '고치다 만 글', 'the other lets go of it');
    // What one has typed since is not lost to what the other saves.
    await edit(page, '고치다 만 글, 고치는 중');
    await page.locator('article textarea').fill('고친 글');
    await other.locator('article textarea').fill('다른 탭에서 고친 글');
    await page.locator('article form button.primary').click();
    await entry(page, '고친 글').waitFor();
    await page.reload();
    await entry(page, '고친 글').locator('.aside').click();
    assert.equal(await page.locator('article textarea').inputValue(), '다른 탭에서 고친 글');
    // It was begun from what is not there any more.
    await page.locator('.overtaken').getByText('고친 글', { exact: true }).waitFor();
  },

  async 'an edit whose text was changed elsewhere meanwhile says so, and no text is lost without a word'(at) {
    const { page } = await at.guest();
    const note = page.locator('.overtaken');
    const [take, goOn] = [note.locator('button').nth(-2), note.locator('button').last()];
    const inField = page.locator('article textarea');
    const primary = page.locator('article form button.primary');
    await write(page, '처음 글');
    await entry(page, '처음 글').waitFor();
    const { feedId } = (await call(page, 'GET', '/api/v1/feeds?size=1')).data.feeds[0];
    const path = `/api/v1/feeds/${feedId}`;
    const elsewhere = (content) => call(page, 'PATCH', path, { content });
    const now = async () => (await call(page, 'GET', path)).data.content;

    // What was begun before it.
    await edit(page, '처음 글');
    await inField.fill('내가 고치던 글');
    assert.equal(await note.count(), 0);
    await elsewhere('다른 기기에서 고친 글');
    await page.reload();
    await entry(page, '다른 기기에서 고친 글').locator('.aside').click();
    await note.getByText('다른 기기에서 고친 글', { exact: true }).waitFor();
    assert.equal(await inField.inputValue(), '내가 고치던 글');
    assert.equal(await primary.isDisabled(), true);
    await inField.press('Control+Enter');
    assert.ok((await overflow(page)) <= 0);
    // The present text, and back.
    await take.click();
    await note.waitFor({ state: 'detached' });
    assert.equal(await inField.inputValue(), '다른 기기에서 고친 글');
    await until(() => has(page, 'article textarea'), 'the focus is in the field');
    await page.locator('.notice button', { hasText: at.says.undo }).click();
    await note.waitFor();
    assert.equal(await inField.inputValue(), '내가 고치던 글');
    assert.equal(await now(), '다른 기기에서 고친 글');
    // What one has typed oneself.
    await goOn.click();
    await note.waitFor({ state: 'detached' });
    await until(() => has(page, 'article textarea'), 'the focus is in the field');
    await primary.click();
    await said(page, at.says.saved);
    assert.equal(await now(), '내가 고치던 글');

    // While the field is open, on a page that has not heard of it.
    await edit(page, '내가 고치던 글');
    await inField.fill('내가 또 고친 글');
    await elsewhere('다른 기기에서 또 고친 글');
    await primary.click();
    await note.getByText('다른 기기에서 또 고친 글', { exact: true }).waitFor();
    assert.equal(await now(), '다른 기기에서 또 고친 글');
    await take.click();
    await inField.fill('둘을 합친 글');
    await primary.click();
    await said(page, at.says.saved);
    assert.equal(await now(), '둘을 합친 글');

    // The same of a comment.
    await page.goto(`${at.program.url}/post/${feedId}`);
    await write(page, '처음 댓글');
    await entry(page, '처음 댓글').waitFor();
    const { commentId } = (await call(page, 'GET', `/api/v1/comments/${feedId}`)).data.comments[0];
    await edit(page, '처음 댓글');
    await inField.fill('내가 고치던 댓글');
    await call(page, 'PATCH', `/api/v1/comments/${commentId}`, { content: '다른 기기에서 고친 댓글' });
    await primary.click();
    await note.getByText('다른 기기에서 고친 댓글', { exact: true }).waitFor();
    await page.reload();
    await entry(page, '다른 기기에서 고친 댓글').locator('.aside').click();
    await note.waitFor();
    await goOn.click();
    await primary.click();
    await said(page, at.says.saved);
    await entry(page, '내가 고치던 댓글').waitFor();
    const { comments } = (await call(page, 'GET', `/api/v1/comments/${feedId}`)).data;
    assert.equal(comments[0].content, '내가 고치던 댓글');
  },

  async 'the bar leads to the field from any screen, and back leads away from it again'(at) {
    const { page } = await at.guest();
    const plus = page.locator('nav a[href="/?write"]');
    await page.goto(`${at.program.url}/settings`);
    await plus.click();
    await page.waitForURL(`${at.program.url}/?write`);
    await until(() => has(page, 'main > form textarea'), 'in the field');
    await page.locator('article').first().waitFor();
    // From further down on the feed itself.
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await plus.click();
    await until(async () => (await has(page, 'main > form textarea')) && (await page.evaluate(() => scrollY)) < 200, 'at its top');
    await field(page).fill('막대에서 쓴 글');
    await page.locator('main > form button.primary').click();
    await entry(page, '막대에서 쓴 글').locator('a.comments').click();
    await page.waitForURL('**/post/*');
    await page.goBack();
    await entry(page, '막대에서 쓴 글').waitFor();
    assert.equal(await has(page, 'main > form textarea'), false, 'who comes back reads');
  },

  async 'where nothing is written yet, a button leads to the first word'(at) {
    const { page } = await at.guest();
    const { data: me } = await call(page, 'GET', '/api/v1/users/me');
    const inField = () => until(() => has(page, 'main > form textarea'), 'in the field');
    for (const path of [`/profile/${me.userId}`, `/search?q=${encodeURIComponent('#아무도안쓴주제')}`]) {
      await page.goto(at.program.url + path);
      await page.locator('.message a.primary').click();
      await inField();
    }
    await page.route('**/api/v1/feeds?*', (route) => route.fulfill({ json: { resultCode: 'S', message: '', data: { feeds: [] } } }));
    await page.goto(`${at.program.url}/`);
    await page.locator('.message', { hasText: me.userName }).locator('a.primary').click();
    await inField();
    await page.unroute('**/api/v1/feeds?*');
    const { data: post } = await call(page, 'POST', '/api/v1/feeds', { content: '댓글이 없는 글' });
    await page.goto(`${at.program.url}/post/${post.feedId}`);
    await page.locator('.message button.primary').click();
    await until(() => has(page, '.compose textarea'), 'in the field');
  }
};
