// Opens every screen, small and large, light and dark, in both languages; looks at each with axe, listens for what the
// browser complains about (a refused inline style, an error), and keeps a picture of each:
// `node flows/looks.mjs PROGRAM [PICTURES]`.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { openBrowser, Program } from './browser.mjs';

const [binary, pictures] = process.argv.slice(2);
if (pictures) mkdirSync(pictures, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } };
const findings = [];

async function inspect(page, name) {
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  for (const { id, impact, nodes } of violations) {
    if (impact === 'serious' || impact === 'critical') findings.push(`${name}: ${id}: ${nodes[0].html}`);
  }
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (overflow > 0) findings.push(`${name}: ${overflow} pixels wider than the screen`);
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`) });
}

const program = new Program(binary);
await program.start();
const browser = await openBrowser();
try {
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const theme of ['light', 'dark']) {
      const language = size === 'phone' ? 'ko' : 'en';
      const context = await browser.newContext({ viewport, locale: language, colorScheme: theme, bypassCSP: false });
      await context.addInitScript(axe);
      const page = await context.newPage();
      page.on('console', (message) => {
        // A guest who is not signed in yet is told so by 401; the page asks on purpose.
        if (message.type() === 'error' && !/status of 40[14]/.test(message.text())) findings.push(message.text());
      });
      page.on('pageerror', (error) => findings.push(String(error)));
      page.on('request', (request) => {
        if (!request.url().startsWith(program.url)) findings.push(`asks another host: ${request.url()}`);
      });
      const look = async (name) => inspect(page, `${name}-${size}-${theme}`);

      await page.goto(`${program.url}/`);
      await page.waitForURL('**/login?next=*');
      await page.locator('button.primary').waitFor();
      await look('login');
      await page.goto(`${program.url}/login?status=close-success&until=2026-12-04`);
      await page.locator('[role=status].status').waitFor();
      await look('login-status');
      await page.locator('button.primary').click();
      await page.locator('article').first().waitFor();
      await look('feed');

      await page.locator('textarea').fill('<b>태그는 글자로</b> 보입니다 ' + 'ㅋ'.repeat(120) + ' שלום עולם');
      await page.locator('form button.primary').click();
      await page.locator('article:not(.waiting) .menu button').first().waitFor();
      assert.equal(await page.locator('article b').count(), 0);
      await page.locator('article .menu button').first().click();
      await look('feed-menu');
      await page.keyboard.press('Escape');

      const answered = page.locator('article', { has: page.locator('a.comments', { hasText: /[1-9]/ }) }).nth(1);
      await answered.locator('a.comments').click();
      await page.waitForURL('**/post/*');
      await page.locator('article').nth(1).waitFor();
      await look('post');
      await page.locator('article a[href^="/profile/"]').first().click();
      await page.waitForURL('**/profile/*');
      await page.locator('.chart canvas').first().waitFor();
      await page.locator('.chart').hover();
      await page.waitForTimeout(300);
      await look('profile');
      await page.locator('summary').click();
      await page.getByRole('tab').nth(2).click();
      await look('profile-table');
      for (const screen of ['settings', 'terms', 'privacy', 'nothing-here', 'post/999999']) {
        await page.goto(`${program.url}/${screen}`);
        await page.locator('h1').waitFor();
        await page.waitForTimeout(200);
        await look(screen.replace('/', '-'));
      }
      await page.goto(`${program.url}/`);
      await page.locator('article').first().waitFor();
      await context.setOffline(true);
      await page.locator('.offline').waitFor();
      await look('offline');
      await context.setOffline(false);
      await page.goto(`${program.url}/api/docs`);
      await look('docs');
      await context.close();
    }
  }
} finally {
  await browser.close();
  await program.remove();
}
const shown = [...new Set(findings)];
for (const finding of shown) console.log(finding);
process.exitCode = shown.length ? 1 : 0;
