// Runs one case: node run.mjs FILE NAME, with what it needs to know as JSON on standard input. What it has seen that no log
// may show goes to standard output. A case that throws ends this with 1, one that never settles with 13.
import { readFileSync } from 'node:fs';

const [file, name] = process.argv.slice(2);
const server = JSON.parse(readFileSync(0, 'utf8'));
server.seen = [];
const cases = await import(`./${file}`);
await cases[name](server);
process.stdout.write(JSON.stringify(server.seen));
