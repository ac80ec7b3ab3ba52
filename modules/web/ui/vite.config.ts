import { sveltekit } from '@sveltejs/kit/vite';
import { loadEnv, type Plugin, type Rollup } from 'vite';
import { defineConfig } from 'vitest/config';

import page from './svelte.config.js';

/** What every visit begins with: the router, the frame of the page, the feed, and what goes wrong. */
const shellRoots = [
  /@sveltejs\/kit\/src\/runtime\/client\/entry\.js$/,
  /generated\/client-optimized\/app\.js$/,
  /src\/routes\/(\+layout|\+page|\+error)\.(svelte|ts)$/
];

/** What moderators and admins alone need. */
const ofModerators = /src\/(lib|routes)\/moderation\//;
/** What admins look at besides. */
const ofAdmins = /src\/(lib|routes)\/status\//;

/** What walkers alone need; what is under `later` they load by itself, where it is wanted. */
const ofWalkers = /src\/(lib|routes)\/walk\/(?!later\/)/;
const ofWalkersLater = /src\/lib\/walk\/later\//;

/** What is loaded later for members and for walkers: in files of their own, so that neither loads what the other needs. */
const ofBoth = /src\/lib\/(words\.safety\.ts|reported\.ts|components\/Report\.svelte)/;
/** Soon after each visit's beginning, and so without what is loaded only for who reports. */
const ofPushes = /src\/lib\/pushing\.svelte\.ts/;

/** Sign-in, which is where a stranger's first visit ends: one file, as each is a wait. Not before it is known that
 * nobody is here: on a slow network it would delay what every visit needs by more than it comes earlier. */
const ofSignIn =
  /src\/(routes\/login\/|lib\/(words\.sign-in|words\/sign-in\.(ko|en)|passkeys|base64url|hand-over\.svelte|api\/members)\.ts|lib\/components\/(PasskeySignIn|CodeField)\.svelte)/;

/** The words that the page begins with, in one language. */
const ofWords = /src\/lib\/words\/page\.(ko|en)\.ts/;

const version = page.kit?.version?.name;

/** All that is loaded with the roots, without what they load later themselves. */
function loadedWith(roots: RegExp[], graph: Rollup.ManualChunkMeta): Set<string> {
  const modules = [...graph.getModuleIds()];
  for (const root of roots) if (!modules.some((id) => root.test(id))) throw new Error(`no module is like ${root}`);
  const found = new Set(modules.filter((id) => roots.some((root) => root.test(id))));
  // A set's loop also visits what is added on the way.
  for (const id of found) for (const next of graph.getModuleInfo(id)?.importedIds ?? []) found.add(next);
  return found;
}

/**
 * Few requests, each worth one: what every visit needs is one file, each other screen's own is another. The chart's, and
 * what moderators or walkers alone need, get names by which the service worker leaves them out of what it fetches ahead.
 */
function fewChunks(): Plugin {
  let shell: Set<string> | undefined;
  return {
    name: 'few-chunks',
    enforce: 'post',
    // SvelteKit, before this, says which of its two builds it is: only the browser's is cut anew.
    config: ({ build }) =>
      build?.ssr
        ? {}
        : {
            build: {
              rollupOptions: {
                output: {
                  // What walkers or moderators share with everybody goes into neither's file.
                  onlyExplicitManualChunks: true,
                  manualChunks: (id, graph) => {
                    shell ??= loadedWith(shellRoots, graph);
                    if (shell.has(id)) return 'shell';
                    if (ofSignIn.test(id)) return 'sign-in';
                    if (ofPushes.test(id)) return 'pushing';
                    if (ofBoth.test(id)) return 'both';
                    if (ofAdmins.test(id)) return 'status';
                    return ofModerators.test(id) ? 'moderation' : ofWalkers.test(id) ? 'walk' : undefined;
                  },
                  chunkFileNames: ({ moduleIds }) => {
                    // By a name that src/app.html can say: with the page's version in place of a hash.
                    const [, language] = moduleIds.map((id) => ofWords.exec(id)).find(Boolean) ?? [];
                    if (language) return `_app/immutable/chunks/words-${language}-${version}.js`;
                    const kind = moduleIds.some((id) => id.includes('lightweight-charts'))
                      ? 'chart-'
                      : moduleIds.some((id) => ofModerators.test(id) || ofAdmins.test(id))
                        ? 'moderation-'
                        : moduleIds.some((id) => ofWalkers.test(id) || ofWalkersLater.test(id))
                          ? 'walk-'
                          : '';
                    return `_app/immutable/chunks/${kind}[hash].js`;
                  }
                }
              }
            }
          }
  };
}

/** SvelteKit hides what it tells screen readers with an inline style, which the page's policy refuses; a class does it. */
function announcerWithoutStyle(): Plugin {
  return {
    name: 'announcer-without-style',
    enforce: 'pre',
    transform: (code, id) =>
      id.endsWith('generated/root.svelte')
        ? code.replace(/(id="svelte-announcer"[^>]*?) style="[^"]*"/, '$1 class="visually-hidden"')
        : null
  };
}

export default defineConfig(({ mode }) => ({
  plugins: [announcerWithoutStyle(), sveltekit(), fewChunks()],
  // What the page asks of a browser anyway (`findLast`, locks): less is written around what these have by themselves.
  build: { target: ['chrome97', 'firefox104', 'safari15.4'] },
  // While developing, the API comes from a running node.
  server: { proxy: { '/api': loadEnv(mode, '.', 'DONTGOBACK_')['DONTGOBACK_URL'] ?? 'http://127.0.0.1:8090' } },
  test: {
    include: ['src/**/*.test.ts'],
    // The first test of a file waits for its modules to be compiled, on a busy machine for long.
    testTimeout: 60_000,
    // Node 18 has browsers' `crypto` only when asked.
    poolOptions: { forks: { execArgv: ['--experimental-global-webcrypto'] } }
  }
}));
