// Posts, comments, replies, likes: alone and with somebody else.
import assert from 'node:assert/strict';

import { call, entry, lookAround, said, until, write } from './visit.mjs';

const like = (page) => page.locator('article footer button[aria-pressed]').first();

export const writing = {
  async 'guest to first post, shown at once'(at) {
    const { page } = await at.page();
    await page.goto(`${at.program.url}/`);
    await page.waitForURL('**/login?next=*');
    await page.locator(lookAround).click();
    await page.waitForURL(`${at.program.url}/`);
    await page.locator('article').first().waitFor();
    // The server stands still: what was written is there already, and says that it is on its way.
    at.program.pause();
    await write(page, '첫 글입니다');
    const waiting = page.locator('article[aria-busy=true]');
    await waiting.getByText('첫 글입니다', { exact: true }).waitFor();
    await waiting.getByText(at.says.posting).waitFor();
    assert.equal(await page.locator('textarea').first().inputValue(), '');
    at.program.resume();
    const mine = entry(page, '첫 글입니다');
    await mine.locator('time').waitFor();
    for (const badge of [at.says.me, at.says.guest]) await mine.locator('.badge', { hasText: badge }).first().waitFor();
  },

  async 'comment and reply'(at) {
    const { page } = await at.guest();
    await write(page, '댓글을 받을 글');
    await entry(page, '댓글을 받을 글').locator('a.comments').click();
    await page.waitForURL('**/post/*');
    await write(page, '첫 댓글');
    await entry(page, '첫 댓글').getByText(at.says.reply, { exact: true }).click();
    await page.locator('article textarea').first().fill('첫 답글');
    await page.locator('article form button.primary').click();
    const reply = page.locator('.replies article:not([aria-busy=true])', { hasText: '첫 답글' });
    await reply.waitFor();
    await page.locator('.comments .number', { hasText: '2' }).waitFor();
    // After a reload the reply is folded under its comment.
    await page.reload();
    await entry(page, '첫 댓글').first().waitFor();
    assert.equal(await page.getByText('첫 답글', { exact: true }).count(), 0);
    await page.locator('button[aria-expanded=false].link', { hasText: '1' }).click();
    await page.getByText('첫 답글', { exact: true }).waitFor();
    // Taking the comment away takes its reply along.
    await page.locator('main > article, main article').filter({ hasText: '첫 댓글' }).locator('.menu button').first().click();
    await page.locator('.items button').nth(1).click();
    await page.locator('dialog button.primary').click();
    await page.locator('.comments .number', { hasText: '0' }).waitFor();
    await said(page, at.says.removed);
    await page.reload();
    await page.locator('article').first().waitFor();
    assert.equal(await page.getByText('첫 답글', { exact: true }).count(), 0);
  },

  async 'two browsers on one post'(at) {
    const { page: writer } = await at.guest();
    await write(writer, '둘이 보는 글');
    await entry(writer, '둘이 보는 글').locator('a.comments').click();
    await writer.waitForURL('**/post/*');
    const { page: reader } = await at.guest();
    await reader.goto(writer.url());
    await entry(reader, '둘이 보는 글').waitFor();
    await entry(reader, '둘이 보는 글').locator('.menu button').click();
    await reader.locator('.items').getByText(at.says.report, { exact: true }).waitFor();
    assert.equal(await reader.locator('.items').getByText(at.says.edit, { exact: true }).count(), 0, 'nobody edits what another wrote');
    await reader.keyboard.press('Escape');
    const liked = reader.waitForResponse((answer) => answer.url().includes('/feedLikes/') && answer.ok());
    await like(reader).click();
    await liked;
    await write(reader, '다른 사람의 댓글');
    await entry(reader, '다른 사람의 댓글').waitFor();

    await writer.reload();
    await like(writer).and(writer.locator('[aria-pressed=false]', { hasText: '1' })).waitFor();
    await entry(writer, '다른 사람의 댓글').waitFor();
    await writer.locator('.menu button').first().click();
    await writer.locator('.items button').first().click();
    await writer.locator('article textarea').fill('둘이 보는 글, 고침');
    await writer.locator('article form button.primary').click();
    await entry(writer, '둘이 보는 글, 고침').getByText(at.says.edited).waitFor();
    await reader.reload();
    await entry(reader, '둘이 보는 글, 고침').getByText(at.says.edited).waitFor();

    await writer.locator('.menu button').first().click();
    await writer.locator('.items button').nth(1).click();
    await writer.locator('dialog button.primary').click();
    await writer.waitForURL(`${at.program.url}/`);
    await said(writer, at.says.removed);
    // The reader still sees it: the like is refused, taken back and explained; a comment comes back into the field.
    await like(reader).click();
    await said(reader, '');
    await like(reader).and(reader.locator('[aria-pressed=true]', { hasText: '1' })).waitFor();
    await write(reader, '너무 늦은 댓글');
    await until(async () => (await reader.locator('textarea').inputValue()) === '너무 늦은 댓글', 'the text is back');
    await reader.reload();
    await reader.getByText(at.says.notFound, { exact: true }).first().waitFor();
  },

  async 'edit and delete, by the menu'(at) {
    const { page } = await at.guest();
    await write(page, '고칠 글');
    await entry(page, '고칠 글').locator('.menu button').click();
    await page.locator('.items button').first().click();
    await page.locator('article textarea').fill('고친 글');
    await page.locator('article form button.primary').click();
    await entry(page, '고친 글').getByText(at.says.edited).waitFor();
    await entry(page, '고친 글').locator('.menu button').click();
    await page.locator('.items button').nth(1).click();
    await page.locator('dialog button.primary').click();
    await entry(page, '고친 글').waitFor({ state: 'detached' });
    await said(page, at.says.removed);
    await page.reload();
    await page.locator('article').first().waitFor();
    assert.equal(await entry(page, '고친 글').count(), 0);
  },

  async 'long text is folded after a few lines'(at) {
    const { page } = await at.guest();
    const text = Array.from({ length: 40 }, (_, line) => `줄 ${line}`).join('\n');
    await write(page, text);
    const mine = page.locator('article:not([aria-busy=true])', { hasText: '줄 39' }).first();
    const height = async () => (await mine.locator('.text').boundingBox()).height;
    await mine.getByText(at.says.unfold, { exact: true }).waitFor();
    const folded = await height();
    await mine.getByText(at.says.unfold, { exact: true }).click();
    await until(async () => (await height()) > folded * 4, 'the text unfolds');
    await mine.getByText(at.says.fold, { exact: true }).click();
    await until(async () => (await height()) === folded, 'the text folds');
  },

  async 'the feed goes on without end, and keeps its place'(at) {
    const { page } = await at.guest();
    for (let n = 0; n < 45; n++) await call(page, 'POST', '/api/v1/feeds', { content: `긴 피드 ${n}` });
    await page.reload();
    await page.locator('article').first().waitFor();
    const bottom = () => page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await until(async () => {
      await bottom();
      return (await page.locator('article').count()) > 45;
    }, 'more than two pages');
    const seventh = page.locator('article').nth(30);
    await seventh.locator('a.comments').click();
    await page.waitForURL('**/post/*');
    await page.goBack();
    await page.waitForURL(`${at.program.url}/`);
    await until(async () => (await page.locator('article').count()) > 45, 'the same feed');
    await until(() => page.evaluate(() => scrollY > 1000), 'the same place');
  }
};
