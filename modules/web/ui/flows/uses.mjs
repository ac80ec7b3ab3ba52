// What members do, and what goes wrong around them, in each size and language:
// `node flows/uses.mjs PROGRAM [SIZE] [PART OF A FLOW'S NAME]`.
import { accounts } from './accounts.mjs';
import { around } from './around.mjs';
import { badInput } from './bad-input.mjs';
import { openBrowser, Program } from './browser.mjs';
import { chosen } from './chosen.mjs';
import { graph } from './graph.mjs';
import { places } from './places.mjs';
import { reach } from './reach.mjs';
import { trouble } from './trouble.mjs';
import { sizes, Visit, words } from './visit.mjs';
import { ways } from './ways.mjs';
import { writing } from './writing.mjs';

const [binary, onlySize, onlyName = ''] = process.argv.slice(2);
if (onlySize && !(onlySize in sizes)) throw new Error(`no size ${onlySize}`);
const flows = Object.entries({ ...writing, ...accounts, ...places, ...trouble, ...around, ...graph, ...reach, ...badInput, ...ways, ...chosen }).filter(([name]) => name.includes(onlyName));

let failed = flows.length === 0 ? 1 : 0;
const browser = await openBrowser();
try {
  for (const size of onlySize ? [onlySize] : Object.keys(sizes)) {
    for (const language of Object.keys(words)) {
      const program = new Program(binary);
      await program.start();
      try {
        for (const [name, flow] of flows) {
          const title = `${size} ${language}: ${name}`;
          try {
            await flow(new Visit(program, browser, size, language));
            console.log(`ok    ${title}`);
          } catch (error) {
            failed++;
            console.log(`FAIL  ${title}\n${error.stack}`);
            for (const page of browser.contexts().flatMap((context) => context.pages())) {
              if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/failed-${failed}.png` }).catch(() => {});
            }
          }
          for (const context of browser.contexts()) await context.close();
          await program.ensure();
        }
      } finally {
        await program.remove();
      }
    }
  }
} finally {
  await browser.close();
}
process.exitCode = failed ? 1 : 0;
