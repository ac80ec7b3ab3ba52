// Opens every screen in every size, in each theme and language; looks at each with axe, listens for what the browser complains
// about (a refused inline style, an error, another host), and keeps a picture of each:
// `node flows/looks.mjs PROGRAM [PICTURES] [SIZE] [screens|safety|day|member|moderator|node|walk]`.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { openBrowser, Program } from './browser.mjs';
import { dayScreens } from './day-screens.mjs';
import { memberScreens } from './member-screens.mjs';
import { moderatorScreens } from './moderator-screens.mjs';
import { nodeScreens } from './node-screens.mjs';
import { safetyScreens } from './safety-screens.mjs';
import { screens } from './screens.mjs';
import { lookAround, narrow, overflow, sideways, sizes, Visit } from './visit.mjs';
import { walkScreens } from './walk-screens.mjs';

const [binary, pictures, onlySize, only] = process.argv.slice(2);
if (onlySize && !(onlySize in sizes)) throw new Error(`no size ${onlySize}`);
if (pictures) mkdirSync(pictures, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const findings = new Set();
// Colours do not depend on the language, nor lengths on the theme.
const looks = { phone: [['light', 'ko'], ['dark', 'en']], desktop: [['light', 'en'], ['dark', 'ko']] };

/** What axe finds in a screen that stands still: what fades in meanwhile is not what is looked at. */
async function violationsOf(page) {
  return page.evaluate(async () => {
    const fading = () => document.getAnimations().filter((each) => each.effect.getComputedTiming().iterations === 1);
    for (let again = 10; ; again--) {
      await Promise.all(fading().map((each) => each.finished.catch(() => {})));
      let began = false;
      const begin = () => (began = true);
      addEventListener('animationstart', begin);
      const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
      removeEventListener('animationstart', begin);
      if (!began || again === 0) return violations;
    }
  });
}

async function inspect(page, name) {
  const violations = await violationsOf(page);
  for (const { id, impact, nodes } of violations) {
    if (impact === 'serious' || impact === 'critical') findings.add(`${name}: ${id}: ${nodes[0].html}`);
  }
  const seen = page.viewportSize();
  for (const size of seen.width < 960 ? [...narrow, ...sideways, seen] : [seen]) {
    await page.setViewportSize(size);
    const wider = await overflow(page);
    if (wider > 0) findings.add(`${name}: ${wider} pixels wider than a screen of ${size.width}`);
  }
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button, a.primary, a.secondary, nav a, .when a, label, summary')]
      .filter((each) => !each.closest('.visually-hidden') && !each.matches('.visually-hidden, .brand'))
      .filter((each) => each.getClientRects().length > 0 && each.getBoundingClientRect().height < 44)
      .map((each) => `${each.outerHTML.slice(0, 100)} (${each.getBoundingClientRect().height})`)
  );
  for (const each of small) if (!name.startsWith('docs')) findings.add(`${name}: too low to tap: ${each}`);
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`) });
}

/** What the browser complains about, but for answers that say what the screen then shows. */
function listen(page, program, name) {
  page.on('console', (message) => {
    const expected = /status of (?:40[01349]|429)|net::ERR_INTERNET_DISCONNECTED/.test(message.text());
    if (message.type() === 'error' && !expected) findings.add(`${name}: ${message.text()}`);
  });
  page.on('pageerror', (error) => findings.add(`${name}: ${error}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(program.url)) findings.add(`${name}: asks another host: ${request.url()}`);
  });
}

/** As a guest. */
async function begin(at, page) {
  await page.goto(`${at.program.url}/login`);
  await page.locator(lookAround).click();
  await page.locator('article').first().waitFor();
}

const program = new Program(binary);
await program.start();
const browser = await openBrowser();
let seen = 0;
try {
  for (const size of onlySize ? [onlySize] : Object.keys(sizes)) {
    for (const [theme, language] of looks[size]) {
      const at = new Visit(program, browser, size, language);
      const { page, context } = await at.page({ colorScheme: theme });
      await context.addInitScript(axe);
      listen(page, program, `${size}-${theme}-${language}`);
      const look = async (name) => {
        seen++;
        assert.equal(await page.evaluate(() => document.documentElement.dataset.theme ?? null), /^(docs|link|mail)/.test(name) ? null : theme);
        await inspect(page, `${name}-${size}-${theme}-${language}`);
      };
      if (!only || only === 'screens') await screens(at, page, context, look);
      else await begin(at, page);
      if (!only || only === 'safety') await safetyScreens(at, page, look);
      if (!only || only === 'member') await memberScreens(at, page, look);
      if (!only || only === 'moderator') await moderatorScreens(at, page, look);
      if (!only || only === 'node') await nodeScreens(at, page, look);
      if (!only || only === 'walk') await walkScreens(at, page, look);
      // Last: it signs in as somebody with a history.
      if (!only || only === 'day') await dayScreens(at, page, look);
      await context.close();
    }
  }
} finally {
  await browser.close();
  await program.remove();
}
for (const finding of findings) console.log(finding);
console.log(`${seen} screens, ${findings.size} findings`);
process.exitCode = findings.size > 0 || seen === 0 ? 1 : 0;
