// What members do, and what goes wrong around them:
// `node flows/uses.mjs PROGRAM [PART] [PART OF A FLOW'S NAME] [SIZE] [LANGUAGE]`.
// One size and one language are enough for what neither changes; `looks.mjs` sees every screen in all of them.
import { accounts } from './accounts.mjs';
import { around } from './around.mjs';
import { badInput } from './bad-input.mjs';
import { openBrowser, Program } from './browser.mjs';
import { chosen } from './chosen.mjs';
import { conversing } from './conversing.mjs';
import { devices } from './devices.mjs';
import { editing } from './editing.mjs';
import { finding } from './finding.mjs';
import { graph } from './graph.mjs';
import { leaving } from './leaving.mjs';
import { mails } from './mails.mjs';
import { moderating } from './moderating.mjs';
import { moderated } from './moderated.mjs';
import { notifications } from './notifications.mjs';
import { offline } from './offline.mjs';
import { overseeing } from './overseeing.mjs';
import { places } from './places.mjs';
import { reach } from './reach.mjs';
import { relations } from './relations.mjs';
import { sharing } from './sharing.mjs';
import { sideways } from './sideways.mjs';
import { streams } from './streams.mjs';
import { tabs } from './tabs.mjs';
import { today } from './today.mjs';
import { trouble } from './trouble.mjs';
import { unlinked } from './unlinked.mjs';
import { unsent } from './unsent.mjs';
import { updatedUnder } from './updated.mjs';
import { Visit } from './visit.mjs';
import { walkFriends } from './walk-friends.mjs';
import { walkHours } from './walk-hours.mjs';
import { walkTold } from './walk-told.mjs';
import { walkWays } from './walk-ways.mjs';
import { walking } from './walking.mjs';
import { ways } from './ways.mjs';
import { writing } from './writing.mjs';

const parts = {
  writing: [{ ...writing, ...badInput }, 'phone ko'],
  accounts: [{ ...accounts, ...chosen, ...ways, ...leaving, ...devices, ...mails }, 'desktop en'],
  trouble: [{ ...trouble, ...updatedUnder }, 'phone en'],
  offline: [{ ...offline, ...unsent }, 'phone ko', 'desktop en'],
  sideways: [sideways, 'phone ko', 'phone en'],
  moderating: [moderating, 'phone ko'],
  overseeing: [overseeing, 'desktop en'],
  safety: [{ ...finding, ...relations, ...moderated, ...unlinked }, 'phone ko'],
  walking: [{ ...walking, ...walkFriends, ...walkHours, ...walkTold, ...walkWays }, 'phone ko'],
  around: [{ ...around, ...notifications, ...streams, ...tabs }, 'desktop ko'],
  // A thumb reaches otherwise than a mouse, and what is scrolled depends on the screen.
  places: [places, 'phone ko', 'desktop en'],
  editing: [editing, 'phone ko', 'desktop en'],
  conversing: [conversing, 'phone ko', 'desktop en'],
  sharing: [sharing, 'phone ko', 'desktop en'],
  // Each screen of the day is looked at in both sizes and languages.
  today: [today, 'phone ko'],
  reach: [{ ...graph, ...reach }, 'phone en', 'desktop ko']
};

const [binary, part = 'all', onlyName = '', size, language] = process.argv.slice(2);
if (part !== 'all' && !(part in parts)) throw new Error(`no part ${part}`);

let failed = 0;
let done = 0;
const browser = await openBrowser();
/** What is on a page that matters to who asks why something failed. */
function seen() {
  const all = (selector, of) => [...document.querySelectorAll(selector)].map(of).filter(Boolean);
  return {
    url: location.href,
    said: all('[role=alert], [role=status], dialog[open]', (each) => each.innerText),
    written: all('textarea, input', (each) => each.value),
    busy: all('article[aria-busy=true]', (each) => each.innerText),
    entries: all('article', (each) => each.innerText.slice(0, 60)).slice(0, 4)
  };
}
async function visit(program, flow, title, size, language) {
  const began = performance.now();
  const took = () => `${title}: ${((performance.now() - began) / 1000).toFixed(1)} s`;
  try {
    await flow(new Visit(program, browser, size, language));
    console.log(`ok    ${took()}`);
  } catch (error) {
    failed++;
    console.log(`FAIL  ${took()}\n${error.stack}`);
    for (const page of browser.contexts().flatMap((context) => context.pages())) {
      console.log(JSON.stringify(await page.evaluate(seen).catch(() => 'a page that says nothing')));
      if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/failed-${failed}.png` }).catch(() => {});
    }
  }
  done++;
  for (const context of browser.contexts()) await context.close();
  await program.ensure();
}
async function run(flows, as) {
  const program = new Program(binary);
  try {
    await program.start();
    for (const [name, flow] of flows) await visit(program, flow, `${as}: ${name}`, ...as.split(' '));
  } finally {
    await program.remove();
  }
}
try {
  for (const [all, ...visits] of part === 'all' ? Object.values(parts) : [parts[part]]) {
    const flows = Object.entries(all).filter(([name]) => name.includes(onlyName));
    for (const as of size ? [`${size} ${language ?? 'ko'}`] : visits) if (flows.length > 0) await run(flows, as);
  }
} finally {
  await browser.close();
}
process.exitCode = failed || done === 0 ? 1 : 0;
