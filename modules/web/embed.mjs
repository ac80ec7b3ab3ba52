// Turns the built page into what the program links: `node embed.mjs BUILT_PAGE OPENAPI OUTPUT`, where OUTPUT gets site.bin
// (all bytes, in every coding that makes them smaller) and site.cpp (which holds them and says what is where; the assembler
// looks for site.bin where it is told).
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

import { docsPage } from './docs.mjs';

const [page, openapi, output] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));

const contentTypes = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json'
};

function collect() {
  const files = readdirSync(page, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .map((file) => ({ path: `/${relative(page, file)}`, bytes: readFileSync(file) }));
  const description = JSON.parse(readFileSync(openapi, 'utf8'));
  files.push({ path: '/api/openapi.json', bytes: Buffer.from(JSON.stringify(description)) });
  files.push({ path: '/api/docs', bytes: Buffer.from(docsPage(description)), contentType: contentTypes['.html'] });
  files.push({ path: '/api/docs.css', bytes: readFileSync(join(here, 'docs.css')) });
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function contentType(file) {
  const known = file.contentType ?? contentTypes[extname(file.path)];
  if (!known) throw new Error(`${file.path}: which content type is that?`);
  return known;
}

const digest = (bytes, encoding) => createHash('sha256').update(bytes).digest(encoding);

/** Only what the page itself loads; its inline scripts, which set the theme and start it, by their hash. */
function policy(shell) {
  const scripts = [...shell.matchAll(/<script>([^]*?)<\/script>/g)].map(([, text]) => `'sha256-${digest(text, 'base64')}'`);
  if (scripts.length === 0 || /<script\s/.test(shell) || /\sstyle=/.test(shell)) {
    throw new Error('index.html is not as expected: the policy would be wrong');
  }
  return [
    "default-src 'none'",
    `script-src 'self' ${scripts.join(' ')}`,
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'"
  ].join('; ');
}

const blob = [];
let size = 0;

function variant(bytes) {
  const offset = size;
  blob.push(bytes);
  size += bytes.length;
  return `{{kBytes + ${offset}, ${bytes.length}}, R"("${digest(bytes, 'base64url').slice(0, 16)}")"}`;
}

const files = collect();
const rows = files.map((file) => {
  const smaller = (packed) => (packed.length < file.bytes.length ? variant(packed) : '{}');
  const brotli = brotliCompressSync(file.bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: file.bytes.length }
  });
  const immutable = file.path.startsWith('/_app/immutable/');
  return `    {"${file.path}", "${contentType(file)}", ${immutable},
     ${variant(file.bytes)},
     ${smaller(gzipSync(file.bytes, { level: 9 }))},
     ${smaller(brotli)}},`;
});
const shell = files.find((file) => file.path === '/index.html');

mkdirSync(output, { recursive: true });
writeFileSync(join(output, 'site.bin'), Buffer.concat(blob));
writeFileSync(
  join(output, 'site.cpp'),
  `// Written by embed.mjs.
#include "site.hpp"

asm(R"(
  .pushsection .rodata
  .balign 16
  .hidden dontgoback_site
  .globl dontgoback_site
dontgoback_site:
  .incbin "site.bin"
  .popsection
)");
extern "C" __attribute__((visibility("hidden"))) const char dontgoback_site[${size}];

namespace dontgoback::web {
namespace {

constexpr const char* kBytes = dontgoback_site;

constexpr File kFiles[] = {
${rows.join('\n')}
};

}  // namespace

const Site& built_in_site() {
  static constexpr Site kSite{kFiles, "${policy(shell.bytes.toString())}"};
  return kSite;
}

}  // namespace dontgoback::web
`
);
