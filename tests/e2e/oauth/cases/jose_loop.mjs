// Asks for tokens and verifies each, without a pause, until standard input ends; answers each line that it reads there.
//   count           how many were verified so far, once at least one more was since the question
//   reload          the careful verifier takes the published keys anew: its cache life has passed
//   carelessly      the careful verifier is asked no more
// At the end: {"verified", "kids", "refused", "seen"}.
import { createInterface } from 'node:readline';

import * as jose from 'jose';

const server = JSON.parse(process.argv[2]);
const url = new URL(`${server.issuer}/msa/auth/api/jwks.json`);
const expected = { typ: 'at+jwt', issuer: server.issuer, audience: server.audience };

// One fetches whenever it meets a key it does not know; the other only when told: it lives by the announced cache life.
const eager = jose.createRemoteJWKSet(url, { cooldownDuration: 0 });
const careful = jose.createRemoteJWKSet(url, { cooldownDuration: 3_600_000, cacheMaxAge: Infinity });
await careful.reload();

const report = { verified: 0, kids: [], refused: [], seen: [] };
const { id, secret } = server.clients.app;
const recent = [];
const waiting = [];
let stop = false;
let carefully = true;

async function verify(text) {
  const kid = jose.decodeProtectedHeader(text).kid;
  for (const [who, keys] of [['eager', eager], ...(carefully ? [['careful', careful]] : [])]) {
    try {
      await jose.jwtVerify(text, keys, expected);
    } catch (error) {
      report.refused.push(`${who}, ${kid}: ${error.message}`);
    }
  }
  if (!report.kids.includes(kid)) report.kids.push(kid);
}

async function loop() {
  while (!stop) {
    const response = await fetch(`${server.issuer}/msa/auth/api/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret })
    });
    const { access_token: text } = await response.json();
    recent.push(text);
    if (recent.length > 20) recent.splice(1, 1); // the first of all stays: it is of the first key
    await verify(text);
    await verify(recent[Math.floor(Math.random() * recent.length)]);
    report.verified += 1;
    for (const answer of waiting.splice(0)) answer();
  }
}

const commands = {
  count: () => waiting.push(() => process.stdout.write(`${report.verified}\n`)),
  reload: async () => {
    await careful.reload();
    process.stdout.write('reloaded\n');
  },
  carelessly: () => {
    carefully = false;
    process.stdout.write('carelessly\n');
  }
};
const input = createInterface({ input: process.stdin });
input.on('line', (line) => commands[line]());
input.on('close', () => {
  stop = true;
});
await loop();
report.seen = recent;
process.stdout.write(JSON.stringify(report));
