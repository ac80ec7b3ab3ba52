// What members do, and what goes wrong around them: `node flows/uses.mjs PROGRAM`.
import assert from 'node:assert/strict';

import { openBrowser, Program } from './browser.mjs';

const program = new Program(process.argv[2]);
await program.start();
const browser = await openBrowser();

async function guest() {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'ko-KR' });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(`${program.url}/login`);
  await page.locator('button.primary').click();
  await page.locator('article').first().waitFor();
  return { context, page };
}

/** Writes into the page's first field and sends it. */
async function write(page, text) {
  await page.locator('textarea').first().fill(text);
  await page.locator('form button.primary').first().click();
}
const entry = (page, text) => page.locator('article:not(.waiting)', { has: page.getByText(text, { exact: true }) });

const flows = {
  async 'guest to first post, comment and reply, seen by another browser'() {
    const { page } = await guest();
    await write(page, '첫 글입니다');
    await entry(page, '첫 글입니다').locator('a.comments').click();
    await page.waitForURL('**/post/*');
    await write(page, '첫 댓글');
    await entry(page, '첫 댓글').getByText('답글', { exact: true }).click();
    await page.locator('article article textarea, article textarea').first().fill('첫 답글');
    await page.locator('article form button.primary').click();
    await entry(page, '첫 답글').first().waitFor();

    const other = await guest();
    await other.page.goto(page.url());
    await entry(other.page, '첫 댓글').first().waitFor();
    await other.page.locator('footer button[aria-pressed]').first().click();
    await page.reload();
    await page.locator('footer button[aria-pressed]', { hasText: '1' }).first().waitFor();
    assert.equal(await other.page.locator('.menu').count(), 0, 'nobody edits what another wrote');
  },

  async 'edit and delete, by the menu'() {
    const { page } = await guest();
    await write(page, '고칠 글');
    await entry(page, '고칠 글').locator('.menu button').click();
    await page.locator('.items button').first().click();
    await page.locator('article textarea').fill('고친 글');
    await page.locator('article form button.primary').click();
    await entry(page, '고친 글').getByText('수정됨').waitFor();
    await entry(page, '고친 글').locator('.menu button').click();
    await page.locator('.items button').nth(1).click();
    await page.locator('dialog button.primary').click();
    await entry(page, '고친 글').waitFor({ state: 'detached' });
    await page.reload();
    await page.locator('article').first().waitFor();
    assert.equal(await entry(page, '고친 글').count(), 0);
  },

  async 'markup is text, and the limit is counted in code points'() {
    const { page } = await guest();
    await write(page, '<img src=x onerror=alert(1)>');
    await entry(page, '<img src=x onerror=alert(1)>').waitFor();
    assert.equal(await page.locator('article img').count(), 0);
    const send = page.locator('form button.primary').first();
    await page.locator('textarea').first().fill('😀'.repeat(600));
    assert.equal(await send.isEnabled(), true);
    await page.locator('textarea').first().fill('😀'.repeat(601));
    assert.equal(await send.isDisabled(), true);
    await page.locator('textarea').first().fill('a'.repeat(100_000));
    assert.equal(await send.isDisabled(), true);
    await page.locator('textarea').first().fill('');
  },

  async 'the access token ends in the middle of writing: renewed, unnoticed'() {
    const { page, context } = await guest();
    await page.locator('textarea').first().fill('토큰이 끝나도');
    await context.clearCookies({ name: 'access_token' });
    await page.locator('form button.primary').first().click();
    await entry(page, '토큰이 끝나도').waitFor();
    assert.equal(new URL(page.url()).pathname, '/');
  },

  async 'the whole session ends in the middle of writing: the text is kept through sign-in'() {
    const { page, context } = await guest();
    await page.locator('textarea').first().fill('세션이 끝나도');
    await context.clearCookies();
    await page.locator('form button.primary').first().click();
    await page.waitForURL('**/login?next=*');
    await page.locator('button.primary').click();
    await page.locator('article').first().waitFor();
    assert.equal(await page.locator('textarea').first().inputValue(), '세션이 끝나도');
  },

  async 'the server is killed and comes back: nothing typed is lost, nothing is posted twice'() {
    const { page } = await guest();
    await program.kill();
    await write(page, '서버가 꺼져도');
    await page.getByText('서버가 응답하지 않습니다.').first().waitFor();
    assert.equal(await page.locator('textarea').first().inputValue(), '서버가 꺼져도');
    await program.start();
    await page.locator('form button.primary').first().click();
    await entry(page, '서버가 꺼져도').waitFor();
    await page.reload();
    await page.locator('article').first().waitFor();
    assert.equal(await entry(page, '서버가 꺼져도').count(), 1);
    assert.equal(await page.locator('textarea').first().inputValue(), '');
  },

  async 'offline and back: the like is taken back, the draft survives leaving'() {
    const { page, context } = await guest();
    const like = page.locator('footer button[aria-pressed]').first();
    await context.setOffline(true);
    await page.locator('.offline').waitFor();
    const before = await like.getAttribute('aria-pressed');
    await like.click();
    await page.locator('.notice').first().waitFor();
    assert.equal(await like.getAttribute('aria-pressed'), before);
    await page.locator('textarea').first().fill('오프라인 초안');
    await context.setOffline(false);
    await page.reload();
    await page.locator('article').first().waitFor();
    assert.equal(await page.locator('textarea').first().inputValue(), '오프라인 초안');
  },

  async 'the graph switches, and its table has the same points'() {
    const { page } = await guest();
    await page.locator('article a[href^="/profile/"]').last().click();
    await page.locator('.chart canvas').first().waitFor();
    await page.locator('summary').click();
    const rows = page.locator('tbody tr');
    const daily = await rows.count();
    await page.locator('.intervals button').nth(2).click();
    await page.waitForFunction((count) => document.querySelectorAll('tbody tr').length !== count, daily);
    assert.ok((await rows.count()) > 1 && (await rows.count()) < daily);
  },

  async 'the second visit starts from the kept shell without a connection'() {
    const { page, context } = await guest();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await context.setOffline(true);
    await page.goto(`${program.url}/settings`);
    await page.locator('fieldset').first().waitFor();
    const kept = await page.evaluate(async () => {
      const names = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
      return names.flat().map(({ url }) => new URL(url).pathname);
    });
    assert.ok(kept.length > 5 && kept.every((path) => path === '/index.html' || path.startsWith('/_app/')), kept.join());
    assert.ok(!kept.some((path) => path.includes('/chart-')));
  }
};

let failed = 0;
try {
  for (const [name, flow] of Object.entries(flows)) {
    try {
      await flow();
      console.log(`ok    ${name}`);
    } catch (error) {
      failed++;
      console.log(`FAIL  ${name}\n${error.stack}`);
    }
    for (const context of browser.contexts()) await context.close();
  }
} finally {
  await browser.close();
  await program.remove();
}
process.exitCode = failed ? 1 : 0;
