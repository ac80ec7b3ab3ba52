// @ts-nocheck: what Node itself has is not described among what the page is built with.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** The same sources make the same page, to the byte: its version is their hash, not the time of the build. */
function version() {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', 'vite.config.ts', 'svelte.config.js']) hash.update(readFileSync(file));
  for (const folder of ['src', 'static']) {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const files = entries.map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort();
    for (const file of files) hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  kit: {
    // One shell for every address: the server answers deep links with it.
    adapter: adapter({ pages: 'build', assets: 'build', fallback: 'index.html', precompress: false }),
    alias: { $lib: 'src/lib' },
    version: { name: version(), pollInterval: 0 },
    serviceWorker: { register: false }
  }
};
