// The program was updated under an open page, or a part of the page does not come for another reason.
import assert from 'node:assert/strict';

import { Proxy } from './proxy.mjs';
import { demoPosts, entry, lookAround, said, until, write } from './visit.mjs';

const says = {
  ko: { renewed: '새 버전이 나왔습니다.', reload: '새로 고침', retry: '다시 시도', failed: '잠시 후 다시 시도해 주세요.', inOtherWords: '영어 문구를 받지 못해' },
  en: { renewed: 'There is a new version.', reload: 'Reload', retry: 'Try again', failed: 'Please try again in a moment.', inOtherWords: 'The Korean texts did not arrive' }
};
const field = (page) => page.locator('textarea').first();
const notice = (page, text) => page.locator('.notice', { hasText: text });
const removing = (page) => page.locator('dialog button.primary');

/** Presses what deletes an entry: what asks first is loaded with the first press. */
async function pressDelete(page, text) {
  await entry(page, text).locator('.menu button').first().click();
  await page.locator('.items button').nth(1).click();
}

/**
 * From now on the server has another version, and none of the files of this page's that were not asked for yet; the page
 * that is read then is of that version, or where `stays`, of a node that was not updated yet. Answers how often it was read.
 */
async function updated(page, stays = false) {
  const state = { reads: 0 };
  const old = () => stays || state.reads === 0;
  page.on('request', (request) => {
    if (request.isNavigationRequest()) state.reads++;
  });
  const known = new Set(await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name)));
  await page.route('**/_app/immutable/**', (route) =>
    old() && !known.has(route.request().url()) ? route.fulfill({ status: 404 }) : route.continue()
  );
  await page.route('**/_app/version.json', (route) => (old() ? route.fulfill({ json: { version: 'another' } }) : route.continue()));
  return state;
}

/** A guest with a post. A service worker's own requests are not seen here. */
async function writer(at, text) {
  const { page, context } = await at.guest({ serviceWorkers: 'block' });
  await write(page, text);
  await entry(page, text).waitFor();
  return { page, context };
}

export const updatedUnder = {
  async 'the program was updated under an open page: the graph comes with a fresh page'(at) {
    // A service worker's own requests are not seen here.
    const { page } = await at.guest({ serviceWorkers: 'block' });
    await field(page).fill('판올림 전의 초안');
    const [member] = await demoPosts(page);
    await page.goto(`${at.program.url}/post/${member.feedId}`);
    let old = true;
    page.on('request', (request) => {
      if (request.isNavigationRequest()) old = false;
    });
    const gone = async (route) => (old ? route.fulfill({ status: 404 }) : route.continue());
    await page.route('**/chunks/chart-*.js', gone);
    await page.route('**/_app/version.json', async (route) =>
      old ? route.fulfill({ json: { version: 'another' } }) : route.continue()
    );
    await page.locator(`a[href="/profile/${member.userId}"]`).first().click();
    await page.waitForURL('**/profile/*');
    await page.locator('.chart canvas').first().waitFor();
    assert.equal(old, false);
    await page.goto(`${at.program.url}/`);
    assert.equal(await field(page).inputValue(), '판올림 전의 초안');
  },

  async 'the program was updated under an open page: what a tap opens comes with a fresh page'(at) {
    const { page } = await writer(at, '판올림 뒤에 지울 글');
    const state = await updated(page);
    await pressDelete(page, '판올림 뒤에 지울 글');
    await until(() => state.reads === 1, 'a fresh page');
    await pressDelete(page, '판올림 뒤에 지울 글');
    await removing(page).click();
    await said(page, at.says.removed);
    assert.equal(state.reads, 1);
  },

  async 'the program was updated while something is written: said, and the page stays until its writer is done'(at) {
    const { page } = await writer(at, '그대로 있을 글');
    await field(page).fill('한창 쓰는 중');
    const state = await updated(page);
    await pressDelete(page, '그대로 있을 글');
    await notice(page, says[at.language].renewed).waitFor();
    assert.equal(state.reads, 0);
    assert.equal(await field(page).inputValue(), '한창 쓰는 중');
    // Pressed again it is said again, and shown once.
    await pressDelete(page, '그대로 있을 글');
    await said(page, says[at.language].renewed);
    assert.equal(await notice(page, says[at.language].renewed).count(), 1);
    await notice(page, says[at.language].renewed).getByRole('button', { name: says[at.language].reload }).click();
    await until(() => state.reads === 1, 'a fresh page');
    await pressDelete(page, '그대로 있을 글');
    await removing(page).waitFor();
    assert.equal(await field(page).inputValue(), '한창 쓰는 중');
  },

  async 'the fresh page lacks its parts, too: it is not asked for again and again'(at) {
    const { page } = await writer(at, '두 번 눌러 볼 글');
    const state = await updated(page, true);
    await pressDelete(page, '두 번 눌러 볼 글');
    await until(() => state.reads === 1, 'a fresh page');
    await pressDelete(page, '두 번 눌러 볼 글');
    await notice(page, says[at.language].renewed).waitFor();
    assert.equal(state.reads, 1);
  },

  async 'a part does not come and the version is the same: said as a failure, and there when it is asked for again'(at) {
    const { page } = await writer(at, '한 번 더 눌러 볼 글');
    let lost = true;
    let reads = 0;
    page.on('request', (request) => request.isNavigationRequest() && reads++);
    await page.route('**/_app/immutable/chunks/*.js', (route) => (lost ? route.abort() : route.continue()));
    await pressDelete(page, '한 번 더 눌러 볼 글');
    await said(page, says[at.language].failed);
    lost = false;
    await pressDelete(page, '한 번 더 눌러 볼 글');
    await removing(page).waitFor();
    assert.equal(reads, 0);
  },

  async 'the words of a language do not come: said once with a retry, and asked for no more in between'(at) {
    const { page } = await at.guest({ serviceWorkers: 'block' });
    const other = at.language === 'ko' ? 'en' : 'ko';
    const asked = [];
    await page.route(`**/words-${other}-*`, (route) => {
      asked.push(route.request().url());
      return route.fulfill({ status: 404 });
    });
    await page.goto(`${at.program.url}/settings`);
    const choice = (language) => page.locator(`input[name=language][value=${language}]`);
    await choice(other).check();
    const missed = notice(page, says[at.language].inOtherWords);
    await missed.waitFor();
    // Under its own name, and once more under one that no browser remembers.
    assert.equal(new Set(asked).size, asked.length);
    assert.equal(asked.length, 2);
    for (const language of [at.language, other]) await choice(language).check();
    await until(async () => (await page.evaluate(() => document.documentElement.lang)) === other, 'the other is chosen');
    assert.equal(asked.length, 2);
    assert.equal(await missed.count(), 1);
    await page.unroute(`**/words-${other}-*`);
    await missed.getByRole('button', { name: says[at.language].retry }).click();
    await page.getByRole('heading', { name: other === 'ko' ? '설정' : 'Settings' }).first().waitFor({ state: 'attached' });
  },

  async 'nothing of the page comes, or it dies at once: said in both languages, and there after a tap'(at) {
    const lost = {
      '**/_app/immutable/entry/*.js': (route) => route.abort(),
      '**/_app/immutable/entry/app.*.js': (route) =>
        route.fulfill({ contentType: 'text/javascript', body: 'throw new Error("too old for this")' }),
      '**/_app/immutable/chunks/words-*.js*': (route) => route.fulfill({ status: 404 })
    };
    for (const [path, loses] of Object.entries(lost)) {
      const { page, context } = await at.page({ serviceWorkers: 'block' });
      const complaints = [];
      page.on('console', (message) => /Content Security Policy/.test(message.text()) && complaints.push(message.text()));
      await page.route(path, loses);
      await page.goto(`${at.program.url}/login`);
      const alert = page.getByRole('alert');
      await alert.getByText('화면을 받지 못했습니다.').waitFor();
      await alert.getByText('This page did not arrive.').waitFor();
      assert.deepEqual(complaints, [], path);
      await page.unroute(path);
      await alert.getByRole('link').click();
      await page.locator(lookAround).waitFor();
      assert.equal(await page.locator('#lost').count(), 0);
      await context.close();
    }
  },

  async 'no words come because the server has another version: the page begins anew by itself'(at) {
    const { page } = await at.page({ serviceWorkers: 'block' });
    let reads = 0;
    page.on('request', (request) => request.isNavigationRequest() && reads++);
    const old = (answer) => (route) => (reads < 2 ? route.fulfill(answer) : route.continue());
    await page.route('**/_app/immutable/chunks/words-*.js*', old({ status: 404 }));
    await page.route('**/_app/version.json', old({ json: { version: 'another' } }));
    await page.goto(`${at.program.url}/login`);
    await page.locator(lookAround).waitFor();
    assert.equal(reads, 2);
  },

  async 'a new worker has the files of the version before for pages that are open still, and of none before that'(at) {
    const proxy = await new Proxy(at.program).start();
    try {
      const { page } = await at.page();
      await page.goto(`${proxy.url}/login`);
      await page.locator(lookAround).click();
      await page.locator('article').first().waitFor();
      await page.evaluate(async () => {
        await navigator.serviceWorker.ready;
        window.changed = () => new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }));
        if (!navigator.serviceWorker.controller) await window.changed();
      });
      const worker = await (await fetch(`${at.program.url}/service-worker.js`)).text();
      const { version } = await (await fetch(`${at.program.url}/_app/version.json`)).json();
      /** A version whose files have other names; there are none under those of before. */
      const deploy = async (name) => {
        const folder = `/_app/immutable/${name}/`;
        // All its files; but the folder alone is where it looks for what is one.
        const body = worker.replaceAll(/\/_app\/immutable\/(?=[\w])/g, folder).replaceAll(version, name);
        proxy.instead = (path) => {
          if (path === '/service-worker.js') return { status: 200, type: 'text/javascript', body };
          if (path === '/_app/version.json') return { status: 200, type: 'application/json', body: JSON.stringify({ version: name }) };
          if (path.startsWith(folder)) return path.replace(folder, '/_app/immutable/').replaceAll(name, version);
          return path.startsWith('/_app/immutable/') ? { status: 404, body: '' } : null;
        };
        await page.evaluate(async () => {
          const changed = window.changed();
          await (await navigator.serviceWorker.getRegistration()).update();
          await changed;
        });
      };
      // It serves the page a moment before it has tidied up.
      const kept = (...names) =>
        until(async () => (await page.evaluate(() => caches.keys())).join() === names.map((name) => `shell-${name}`).join(), names.join());
      await deploy('second');
      await kept(version, 'second');
      await page.locator('body').press('?');
      await page.locator('dialog').waitFor();
      // The same page still, which has its `changed`.
      await deploy('third');
      await kept('second', 'third');
    } finally {
      await proxy.drop();
    }
  }
};
