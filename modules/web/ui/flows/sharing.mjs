// What a link shows to who has no account, where the operator lets strangers read, and the operator's own network.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { call, entry, lookAround, narrow, overflow, until } from './visit.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Another program, served so, and seen by this visit. */
async function served(at, options, use) {
  const program = at.program.with(options);
  try {
    await program.start();
    await use(Object.assign(Object.create(Object.getPrototypeOf(at)), at, { program }));
  } finally {
    await program.remove();
  }
}

async function clean(page, name) {
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  const found = violations.filter(({ impact }) => ['serious', 'critical'].includes(impact));
  assert.deepEqual(found.map(({ id, nodes }) => `${name}: ${id}: ${nodes[0].html}`), []);
  const seen = page.viewportSize();
  for (const size of seen.width < 960 ? [...narrow, seen] : [seen]) {
    await page.setViewportSize(size);
    assert.ok((await overflow(page)) <= 0, `${name}: wider than a screen of ${size.width}`);
  }
}

const colours = (page, selector) =>
  page.locator(selector).first().evaluate((element) => getComputedStyle(element).backgroundColor);

const inside = /^\/api\/(?!v1\/(?:feeds|comments)\/\d+(?:\?|$))/;

export const sharing = {
  async 'a shared post is read before there is an account, and come back to from sign-in'(at) {
    await served(at, ['--public-reading'], async (there) => {
      const { page: writer } = await there.guest();
      const { feedId } = (await call(writer, 'POST', '/api/v1/feeds', { content: '링크로 읽는 글 #가계부' })).data;
      await call(writer, 'POST', '/api/v1/comments', { feedId, content: '먼저 한마디' });

      const { page, context } = await there.page();
      await context.addInitScript(axe);
      const asked = [];
      page.on('request', (request) => asked.push(new URL(request.url()).pathname + new URL(request.url()).search));
      await page.goto(`${there.program.url}/post/${feedId}`);
      await page.getByText('먼저 한마디').waitFor();
      await page.locator('p', { hasText: '링크로 읽는 글' }).waitFor();
      // Who it is was asked, and the post; nothing else of the network.
      const others = asked.filter((path) => inside.test(path) && !['/api/v1/users/me', '/api/token'].includes(path));
      assert.deepEqual(others, []);
      assert.equal(await page.locator('nav, textarea').count(), 0);
      assert.match(await page.title(), /^링크로 읽는 글/);
      await clean(page, 'stranger');

      // Whatever is followed from there leads in, and back.
      await page.locator('a[href^="/search"]').click();
      await page.waitForURL('**/login?next=*');
      await page.goBack();
      await page.locator('.join a.primary').click();
      await page.waitForURL('**/login?next=*');
      await page.locator(lookAround).click();
      await page.waitForURL(`${there.program.url}/post/${feedId}`);
      await page.locator('textarea').first().waitFor();
      await entry(page, '먼저 한마디').waitFor();
      assert.equal(await page.locator('.join').count(), 0);

      // It is nobody's to read any more, but for those inside.
      await call(writer, 'PATCH', '/api/v1/users/me/settings', { readableByLink: false });
      const { page: late } = await there.page();
      await late.goto(`${there.program.url}/post/${feedId}`);
      await late.waitForURL(`**/login?next=${encodeURIComponent(`/post/${feedId}`)}`);
    });
  },

  async 'where nobody reads without an account, a link leads to sign-in'(at) {
    const { page: writer } = await at.guest();
    const { feedId } = (await call(writer, 'POST', '/api/v1/feeds', { content: '안에서만' })).data;
    const { page } = await at.page();
    await page.goto(`${at.program.url}/post/${feedId}`);
    await page.waitForURL(`**/login?next=${encodeURIComponent(`/post/${feedId}`)}`);
  },

  async 'where strangers may read, a topic can be followed by its feed, and the link to it is seen'(at) {
    const content = '살림 이야기 #가계부';
    await served(at, ['--public-reading'], async (there) => {
      const { page, context } = await there.guest();
      await context.addInitScript(axe);
      await call(page, 'POST', '/api/v1/feeds', { content });
      await page.reload();
      await entry(page, content).getByRole('link', { name: '#가계부' }).click();
      await page.waitForURL('**/search?q=*');
      const link = page.getByRole('link', { name: at.language === 'ko' ? 'Atom으로 받아 보기' : 'Follow by Atom' });
      await link.waitFor();
      const feed = await page.request.get(new URL(await link.getAttribute('href'), page.url()).href);
      assert.match(feed.headers()['content-type'], /^application\/atom\+xml/);
      assert.match(await feed.text(), /살림 이야기/);
      await page.reload();
      await link.waitFor();
      await clean(page, 'topic');
    });
    const { page } = await at.guest();
    await call(page, 'POST', '/api/v1/feeds', { content });
    const told = page.waitForResponse((answer) => answer.url().endsWith('/api/v1/network'));
    await page.goto(`${at.program.url}/search?q=${encodeURIComponent('#가계부')}`);
    await entry(page, content).waitFor();
    await (await told).finished();
    assert.equal(await page.locator('a[href$="/feed.xml"]').count(), 0);
  },

  async 'the network has its own name, colour, welcome and rules'(at) {
    const own = ['--network-name=우리 모임', '--network-name-en=Our circle', '--network-accent=#ffd400', '--welcome-text=어서 오세요.',
      '--welcome-text-en=Come in.', '--rules=하나. 서로 존중합니다.\n\n둘. 광고는 없습니다.', '--network-contact=mailto:op@example.com'];
    await served(at, own, async (there) => {
      const name = at.language === 'ko' ? '우리 모임' : 'Our circle';
      for (const colorScheme of ['light', 'dark']) {
        const { page, context } = await there.page({ colorScheme });
        await context.addInitScript(axe);
        const wrong = [];
        page.on('console', (message) => /Content Security|Refused/.test(message.text()) && wrong.push(message.text()));
        await page.goto(`${there.program.url}/login`);
        await page.locator(lookAround).waitFor();
        await page.locator('.brand', { hasText: name }).waitFor();
        await page.getByText(at.language === 'ko' ? '어서 오세요.' : 'Come in.').waitFor();
        await until(async () => (await page.title()).includes(name), 'the tab says the name');
        // Yellow is too light for words in the light theme, and right in the dark.
        const shade = await colours(page, 'a.skip');
        if (colorScheme === 'dark') assert.equal(shade, 'rgb(255, 212, 0)');
        else assert.notEqual(shade, 'rgb(255, 212, 0)');
        assert.notEqual(shade, colorScheme === 'dark' ? 'rgb(236, 234, 228)' : 'rgb(27, 29, 34)');
        await clean(page, `sign-in ${colorScheme}`);
        await page.locator('a[href="/about"]').click();
        await page.locator('#rules', { hasText: '광고는 없습니다.' }).waitFor();
        await page.locator('a[href="mailto:op@example.com"]').waitFor();
        await clean(page, `about ${colorScheme}`);
        await page.goto(`${there.program.url}/login`);
        await page.locator(lookAround).click();
        await page.locator('article').first().waitFor();
        await page.locator('textarea').first().fill('쓰는 중');
        assert.equal(await colours(page, 'form button.primary'), shade);
        await clean(page, `feed ${colorScheme}`);
        assert.deepEqual(wrong, []);
        await context.close();
      }
    });
  },

  async 'without a word of the operator the page about it says what it is'(at) {
    const { page, context } = await at.page();
    await context.addInitScript(axe);
    await page.goto(`${at.program.url}/about`);
    await page.locator('#rules').waitFor();
    await clean(page, 'about');
    assert.equal(await page.evaluate(() => document.documentElement.style.getPropertyValue('--own-light')), '');
  }
};
