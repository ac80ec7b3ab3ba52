import { sveltekit } from '@sveltejs/kit/vite';
import { loadEnv, type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** Gives the chart's chunk a name of its own, by which the service worker leaves it out of what it fetches ahead. */
function namedChart(): Plugin {
  return {
    name: 'named-chart',
    enforce: 'post',
    config: (_, { isSsrBuild }) =>
      isSsrBuild
        ? {}
        : {
            build: {
              rollupOptions: {
                output: {
                  chunkFileNames: (chunk) =>
                    `_app/immutable/chunks/${chunk.moduleIds.some((id) => id.includes('lightweight-charts')) ? 'chart-' : ''}[hash].js`
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
  plugins: [announcerWithoutStyle(), sveltekit(), namedChart()],
  build: { target: 'es2021' },
  // While developing, the API comes from a running node.
  server: { proxy: { '/api': loadEnv(mode, '.', 'DONTGOBACK_')['DONTGOBACK_URL'] ?? 'http://127.0.0.1:8090' } },
  test: { include: ['src/**/*.test.ts'] }
}));
