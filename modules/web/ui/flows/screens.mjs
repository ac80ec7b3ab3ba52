// The way through every screen and state of the page, the same in each size, theme and language.
import { askForLink, askToClose, join } from './mails.mjs';
import { call, entry, lookAround, postWithReplies, until, write } from './visit.mjs';

const long = Array.from({ length: 12 }, (_, line) => `${line + 1}번째 줄에도 할 말이 있습니다.`).join('\n');
const odd = `<b>태그는 글자로</b> 보입니다 ${'ㅋ'.repeat(120)} שלום עולם`;

/** Calls `look(name)` at each. */
export async function screens(at, page, context, look) {
  const open = async (path, ready) => {
    await page.goto(`${at.program.url}${path}`);
    await page.locator(ready).first().waitFor();
  };

  await open('/', lookAround);
  await page.waitForURL('**/login?next=*');
  await look('login');
  await open('/login?status=close-success&until=2026-12-04', '[role=status].status');
  await look('login-status');
  await open('/login?next=%2F&status=session-over', '[role=status].status');
  await look('login-session-over');
  const member = await at.program.createUser();
  await open((await at.program.signInLink(member)).replace(at.program.url, ''), 'button');
  await look('link');
  await open('/login?status=close-success&until=2026-12-04', '[role=status].status');
  await context.setOffline(true);
  await page.locator(lookAround).click();
  await page.locator('[role=alert].status').waitFor();
  await look('login-offline');
  await context.setOffline(false);
  await open('/settings', 'section a.primary');
  await look('settings-nobody');
  await open('/login', lookAround);
  await page.locator(lookAround).click();
  await page.locator('article').first().waitFor();
  await look('feed');

  const { data: me } = await call(page, 'GET', '/api/v1/users/me');
  await open('/notifications', '.message');
  await look('notifications-empty');
  await open(`/profile/${me.userId}`, '.message');
  await page.locator('.state').waitFor();
  await look('profile-new');
  await open('/', 'article');
  for (const text of [long, odd]) await write(page, text);
  await entry(page, odd).first().waitFor();
  await look('feed-written');
  await entry(page, odd).first().locator('.menu button').click();
  await look('feed-menu');
  await page.locator('.items button').nth(1).click();
  await page.locator('dialog[open]').waitFor();
  await look('feed-confirm');
  await page.keyboard.press('Escape');
  await entry(page, odd).first().locator('.menu button').click();
  await page.locator('.items button').first().click();
  await page.locator('article textarea').fill('고치는 중인 글');
  await look('feed-edit');
  await page.locator('article form button.plain').click();
  const goOn = entry(page, odd).first().locator('.aside').last();
  await goOn.waitFor();
  await look('feed-edit-kept');
  await goOn.click();
  await page.locator('article textarea').fill(`${odd} 다시 읽어 보니 이것도 말해야겠습니다.`);
  await page.locator('article form button.primary').click();
  await page.locator('.when button').first().click();
  await page.locator('dialog[open] time').first().waitFor();
  await look('feed-earlier');
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.locator('textarea').first().fill('가나다 '.repeat(160));
  await look('feed-over');
  await page.locator('textarea').first().fill('');
  await page.route('**/api/v1/feeds?*', (route) => route.fulfill({ json: { resultCode: 'S', message: '', data: { feeds: [] } } }));
  await open('/', '.message a.primary');
  await look('feed-empty');
  await page.unroute('**/api/v1/feeds?*');
  await open('/', 'article');

  await entry(page, `${odd} 다시 읽어 보니 이것도 말해야겠습니다.`).first().locator('a.comments').click();
  await page.waitForURL('**/post/*');
  await page.locator('.message').waitFor();
  await look('post-new');
  await notificationScreens(at, page, look, open);
  // One that the demo's members talk about, and their replies.
  const talked = await postWithReplies(page);
  await open(`/post/${talked}`, 'button.link[aria-expanded=false]');
  await until(async () => (await page.locator('article').count()) > 1, 'comments');
  await look('post');
  for (const button of await page.locator('button.link[aria-expanded=false]').all()) {
    if (/\d/.test(await button.innerText())) {
      await button.click();
      break;
    }
  }
  await page.locator('.replies article').first().waitFor();
  await page.getByText(at.says.reply, { exact: true }).first().click();
  await page.locator('article textarea').fill('저도 그렇게 생각합니다.');
  await look('post-reply');

  await page.locator('article a[href^="/profile/"]').first().click();
  await page.waitForURL('**/profile/*');
  await page.locator('.chart canvas').first().waitFor();
  await page.locator('article').first().waitFor();
  await look('profile');
  const chart = await page.locator('.chart').boundingBox();
  await page.mouse.move(chart.x + chart.width * 0.6, chart.y + chart.height * 0.4);
  await page.locator('.intervals button').nth(1).click();
  await page.locator('section[aria-busy=false] .values strong').waitFor();
  const last = await page.locator('.values').innerText();
  let way = 0;
  await until(async () => {
    way = 1 - way;
    await page.mouse.move(chart.x + chart.width * 0.5 + way, chart.y + chart.height * 0.4);
    return (await page.locator('.values').innerText()) !== last;
  }, 'the crosshair');
  await look('profile-month');
  await page.locator('summary').click();
  await page.getByRole('tab').nth(2).click();
  await page.locator('article, .message').first().waitFor();
  await until(async () => (await page.locator('.foot .loading').count()) === 0, 'the tab is read');
  await page.locator('tbody').scrollIntoViewIfNeeded();
  await look('profile-table');
  await context.setOffline(true);
  await page.locator('.intervals button').nth(4).click();
  await page.locator('.failure').first().waitFor();
  await page.evaluate(() => scrollTo(0, 0));
  await look('profile-offline');
  await context.setOffline(false);

  // Who wrote it has left, and it was answered.
  const { page: leaver, context: theirs } = await at.guest();
  const { data: left } = await call(leaver, 'POST', '/api/v1/feeds', { content: '두고 간 글' });
  await call(page, 'POST', '/api/v1/comments', { feedId: left.feedId, content: '잘 가요' });
  await call(leaver, 'POST', '/api/v1/users/me/leave', { kind: 'CLOSE' });
  await theirs.close();
  await open(`/post/${left.feedId}`, 'article');
  await until(async () => (await page.locator('article').count()) > 1, 'the comment');
  await look('post-removed');

  const ready = { settings: '#sign-out', terms: 'h2', privacy: 'h2', about: 'h2' };
  for (const screen of ['settings', 'terms', 'privacy', 'about', 'nothing-here', 'post/999999', 'profile/999999']) {
    await open(`/${screen}`, ready[screen] ?? '.message a.secondary');
    await look(screen.replace('/', '-'));
    if (screen !== 'settings') continue;
    await page.locator('#export').scrollIntoViewIfNeeded();
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await look('settings-leave-guest');
  }
  await open('/', 'article');
  await context.setOffline(true);
  await page.locator('.offline').waitFor();
  await page.locator('footer button[aria-pressed]').first().click();
  await page.locator('.notice').first().waitFor();
  await look('offline');
  await context.setOffline(false);
  await open((await at.program.signInLink(member)).replace(at.program.url, ''), 'input[type=checkbox]');
  await look('link-guest');

  await context.clearCookies();
  const address = `${at.size}-${at.language}@mail.example`;
  await page.goto(await askForLink(at, page, address));
  await look('mail-link');
  await page.locator('button').click();
  await join(at, page);
  await page.goto(await askToClose(at, page, address));
  await look('mail-close');
  await context.clearCookies();
  const elsewhere = await askForLink(at, page, address);
  await context.clearCookies();
  await page.goto(elsewhere);
  await page.locator('button').click();
  await look('mail-digits');
  // As a guest again, who waits for no mail.
  await page.evaluate(() => sessionStorage.clear());
  await open('/login', lookAround);
  await page.locator(lookAround).click();
  await page.locator('article').first().waitFor();
  await open('/api/docs', 'article');
  await look('docs');
  await page.evaluate(() => document.querySelector('main article').scrollIntoView());
  await look('docs-call');
}

/** What the page's member is told of a post of theirs. */
async function notificationScreens(at, page, look, open) {
  const { page: other, context: theirs } = await at.guest();
  const { data: post } = await call(page, 'POST', '/api/v1/feeds', { content: odd });
  await call(other, 'PUT', `/api/v1/feedLikes/${post.feedId}`);
  await open('/notifications', 'article');
  await page.locator('nav .unread').waitFor({ state: 'detached' });
  // Elsewhere: who looks at the list as something comes has read it.
  await open('/settings', '#notifications');
  await call(other, 'POST', '/api/v1/comments', { feedId: post.feedId, content: long });
  await theirs.close();
  const count = '**/api/v1/notifications?*size=1';
  await page.route(count, (route) => route.fulfill({ json: { resultCode: 'S-200', message: '', data: { notifications: [], unreadCount: 100 } } }));
  const stream = '**/api/v1/notifications/stream*';
  await page.route(stream, (route) => route.fulfill({ contentType: 'text/event-stream', body: 'event: unread\ndata: {"unreadCount":100}\n\n' }));
  await open('/settings', 'nav .unread');
  await page.locator('#notifications').scrollIntoViewIfNeeded();
  await look('settings-unread');
  await page.unroute(count);
  await page.unroute(stream);
  await open('/notifications', 'article:not(.unread)');
  await look('notifications');
}
