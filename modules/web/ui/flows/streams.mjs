// What one is told as it happens, with somebody on the way who buffers, drops or sleeps.
import { Proxy } from './proxy.mjs';
import { call, entry, until } from './visit.mjs';

const unread = (at, page, count) =>
  page.getByRole('link', { name: count === 0 ? at.says.notifications : at.says.unread(count), exact: true }).waitFor();

/** A page whose clock runs so many times as fast: what it does each minute it does each second or two. */
function hurry(times) {
  const [now, later, often] = [Date.now, setTimeout, setInterval];
  const began = now();
  Date.now = () => began + (now() - began) * times;
  window.setTimeout = (act, wait = 0, ...given) => later(act, wait / times, ...given);
  window.setInterval = (act, wait = 0, ...given) => often(act, wait / times, ...given);
}

/** Somebody over the proxy who wrote a post, and somebody else without it. */
async function two(at, { times } = {}) {
  const { page: other } = await at.guest();
  const proxy = await new Proxy(at.program).start();
  const { context, page } = await at.page();
  if (times) await context.addInitScript(hurry, times);
  await page.goto(`${proxy.url}/login`);
  await page.locator('#look-around').click();
  await page.locator('article').first().waitFor();
  const { feedId } = (await call(page, 'POST', '/api/v1/feeds', { content: '멀리서 쓴 글' })).data;
  const like = async (who = other) => call(who, 'PUT', `/api/v1/feedLikes/${feedId}`);
  const comment = async (content) => call(other, 'POST', '/api/v1/comments', { feedId, content });
  const post = async (content) => call(other, 'POST', '/api/v1/feeds', { content });
  await page.bringToFront();
  return { proxy, page, like, comment, post };
}
/**
 * What is new is offered, the writer's own first post perhaps first; nothing moves by itself. Who is at the top of a list
 * that had no answer for a while sees it come by itself: then what was offered goes.
 */
const offered = (page, text) =>
  until(async () => {
    const button = page.locator('.waiting button');
    if (await button.isVisible()) await button.click({ timeout: 2000 }).catch(() => {});
    return entry(page, text).isVisible();
  }, text);

export const streams = {
  async 'over a proxy that hands on, number and new posts come at once, over one stream'(at) {
    const { proxy, page, like, post } = await two(at);
    try {
      await like();
      await unread(at, page, 1);
      await post('건너온 글');
      await offered(page, '건너온 글');
      await until(() => proxy.streams === 1, 'one stream');
    } finally {
      await proxy.drop();
    }
  },

  async 'over a proxy that keeps an answer until it is whole, number and new posts are asked for'(at) {
    const { proxy, page, like, comment, post } = await two(at, { times: 8 });
    try {
      proxy.buffers = true;
      await page.reload();
      await page.locator('article').first().waitFor();
      await like();
      await unread(at, page, 1);
      await post('모아서 온 글');
      await offered(page, '모아서 온 글');
      await comment('그래도 들리는 댓글');
      await unread(at, page, 2);
      // It is tried again, less and less often; and when somebody hands it on again, it is heard again.
      await until(() => proxy.streams >= 2, 'another try');
      proxy.buffers = false;
      const { streams } = proxy;
      await until(() => proxy.streams > streams, 'the try that is heard');
      await comment('다시 바로 들리는 댓글');
      await unread(at, page, 2);  // drawn together with the one before
      await until(async () => (await call(page, 'GET', '/api/v1/notifications')).data.notifications[0].count >= 1, 'it is told');
    } finally {
      await proxy.drop();
    }
  },

  async 'over a proxy that drops connections, what happened meanwhile is there once it is back'(at) {
    const { proxy, page, like, comment, post } = await two(at);
    try {
      await unread(at, page, 0);
      await like();
      await unread(at, page, 1);
      for (const round of [1, 2]) {
        await proxy.drop();
        if (round === 1) await comment('끊긴 사이의 댓글');
        await post(`끊긴 사이의 글 ${round}`);
        await proxy.again();
        await unread(at, page, 2);
        await offered(page, `끊긴 사이의 글 ${round}`);
      }
    } finally {
      await proxy.drop();
    }
  },

  async 'over a proxy that sleeps, nothing is lost, and what was dead is begun anew'(at) {
    const { proxy, page, like, comment, post } = await two(at, { times: 8 });
    try {
      await like();
      await unread(at, page, 1);
      proxy.sleep();
      await comment('자는 사이의 댓글');
      await post('자는 사이의 글');
      const { streams } = proxy;
      await until(() => proxy.streams > streams, 'the dead stream is given up');
      proxy.wake();
      await unread(at, page, 2);
      await offered(page, '자는 사이의 글');
    } finally {
      await proxy.drop();
    }
  }
};
