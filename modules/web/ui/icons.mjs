// Draws static/icon.svg as the PNGs that phones ask for, with the Chromium that is installed: `npm run icons`.
import { readFileSync, writeFileSync } from 'node:fs';

import { chromium } from 'playwright-core';

const drawing = readFileSync('static/icon.svg', 'utf8');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
});
for (const size of [180, 192, 512]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>*{margin:0}svg{display:block;width:100vw}</style>${drawing}`);
  writeFileSync(`static/icon-${size}.png`, await page.screenshot());
  await page.close();
}
await browser.close();
