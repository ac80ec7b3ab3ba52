// Friends who walk together, and groups.
import assert from 'node:assert/strict';

import { call, said, until } from './visit.mjs';
import { open, tell, today, walker } from './walking.mjs';

const row = (page, part, name) => page.locator(`#${part} li`, { hasText: name });
const standing = (page) => page.locator('main ol[aria-label] > li').evaluateAll((rows) => rows.map((each) => each.innerText.replace(/\s+/g, ' ')));

async function search(page, name) {
  await page.locator('form[role=search] input').fill(name);
  await page.locator('form[role=search] button').click();
}
/** Two who are friends. */
export async function friends(at) {
  const [one, other] = [await walker(at), await walker(at)];
  const id = async (page) => (await call(page, 'GET', '/api/v1/walkers/me')).data.walkerId;
  await call(one.page, 'POST', '/api/v1/friends/requests', { walkerId: await id(other.page) });
  assert.equal((await call(other.page, 'PUT', `/api/v1/friends/requests/${await id(one.page)}`)).status, 200);
  return [one, other];
}

export const walkFriends = {
  async 'friends are found by their exact name, asked, accepted, cheered, removed and blocked'(at) {
    const one = await walker(at);
    const other = await walker(at);
    await open(at, one.page, '/walk/friends', '#friends');
    await search(one.page, 'nobody_walks_so');
    await one.page.getByText(at.says.noSuchWalker).waitFor();
    await search(one.page, other.name.toUpperCase());
    await one.page.locator('.found button.primary').click();
    await said(one.page, at.says.askedFriend);
    await row(one.page, 'requests-out', other.name).waitFor();

    await open(at, other.page, '/walk/notifications', 'main article');
    assert.ok((await other.page.locator('main article').first().innerText()).includes(one.name));
    await other.page.locator('main article a').first().click();
    await row(other.page, 'requests-in', one.name).locator('button.primary').click();
    await said(other.page, at.says.befriended(one.name));
    await open(at, one.page, '/walk/notifications', 'main article');
    assert.equal(await one.page.locator('main article').count(), 1);
    await row(other.page, 'friends', one.name).locator('button.secondary').click();
    await said(other.page, at.says.cheered(one.name));
    await until(async () => (await one.page.locator('main article').count()) === 2, 'the cheer comes by itself');

    await open(at, one.page, '/walk/friends', '#friends li');
    await row(one.page, 'friends', other.name).locator('.menu button').first().click();
    await one.page.locator('.items').getByText(at.says.removeFriend, { exact: true }).click();
    await one.page.locator('dialog button.primary').click();
    await said(one.page, at.says.removedFriend);
    await row(one.page, 'friends', other.name).waitFor({ state: 'detached' });
    await other.page.reload();
    await other.page.locator('#friends').waitFor();
    assert.equal(await row(other.page, 'friends', one.name).count(), 0);

    // Who was blocked asks, and cannot tell that it is not heard.
    await call(other.page, 'POST', '/api/v1/friends/requests', { walkerId: (await call(one.page, 'GET', '/api/v1/walkers/me')).data.walkerId });
    await one.page.reload();
    await row(one.page, 'requests-in', other.name).locator('.menu button').first().click();
    await one.page.locator('.items').getByText(at.says.blockWalker, { exact: true }).click();
    await one.page.locator('dialog button.primary').click();
    await said(one.page, at.says.blockedWalker);
    await row(one.page, 'blocks', other.name).waitFor();
    await other.page.reload();
    await row(other.page, 'requests-out', one.name).waitFor();
    await row(one.page, 'blocks', other.name).locator('button').click();
    await said(one.page, at.says.unblockedWalker);
  },

  async 'a link is a code and asks nobody by being opened; whoever asks by it is asked back'(at) {
    const one = await walker(at);
    const other = await walker(at);
    await open(at, one.page, '/walk/friends', '#make-link');
    await one.page.locator('#make-link').click();
    const link = await one.page.locator('#by-link input').inputValue();
    assert.ok(link.startsWith(`${at.program.url}/walk/friends/add#`));
    await one.page.locator('#by-link svg path').waitFor();
    const asked = [];
    other.page.on('request', (request) => asked.push(request.url()));
    await other.page.goto(link);
    await other.page.locator('#ask').waitFor();
    assert.ok(asked.every((url) => !url.includes(link.split('#')[1])), 'the token went to no server by itself');
    assert.equal((await call(one.page, 'GET', '/api/v1/friends/requests?direction=in')).data.requests.length, 0);
    await other.page.locator('#ask').click();
    await other.page.waitForURL('**/walk/friends');
    await one.page.reload();
    await row(one.page, 'requests-in', other.name).waitFor();
    await one.page.locator('#by-link button.plain').click();
    await until(async () => (await one.page.locator('#by-link input').count()) === 0, 'the links are taken back');
    await other.page.goto(link);
    await other.page.locator('#ask').click();
    await other.page.locator('main [role=alert]').waitFor();
  },

  async 'the board moves by itself as friends walk, and says who went past; week and month are there, too'(at) {
    const [one, other] = await friends(at);
    await tell(one.page, 1_000);
    await tell(other.page, 500);
    await open(at, one.page, '/walk', 'ol li');
    await until(async () => (await standing(one.page)).length === 2, 'both stand there');
    assert.ok((await standing(one.page))[0].includes(one.name));
    await one.page.locator('.live').filter({ hasText: /./ }).waitFor();
    await tell(other.page, 1_500);
    await one.page.locator('.passed').getByText(at.says.overtookYou(other.name)).waitFor();
    assert.ok((await standing(one.page))[0].includes(other.name));
    await tell(one.page, 2_000);
    await one.page.locator('.passed').getByText(at.says.youOvertook(other.name)).waitFor();
    assert.equal(await one.page.locator('.own').innerText(), '2,000');
    for (const period of ['week', 'month']) {
      await one.page.locator('.periods button').nth(period === 'week' ? 1 : 2).click();
      await one.page.waitForURL(`**/walk?period=${period}`);
      await until(async () => (await standing(one.page)).length === 2, period);
    }
    // Nothing that is not the board is told of a friend.
    const { data } = await call(one.page, 'GET', '/api/v1/boards/friends?period=today');
    assert.deepEqual(Object.keys(data.entries[0]).sort(), ['doubtful', 'isMe', 'nickname', 'rank', 'steps', 'walkerId']);
  },

  async 'a board whose stream breaks is read anew'(at) {
    const [one, other] = await friends(at);
    await tell(one.page, 1_000);
    await open(at, one.page, '/walk', 'ol li');
    await at.program.kill();
    await at.program.start();
    await tell(other.page, 3_000);
    await until(async () => (await standing(one.page)).some((each) => each.includes('3,000')), 'the board is up to date');
  },

  async 'a group is made, joined by a link, compared, and left'(at) {
    const one = await walker(at);
    const other = await walker(at);
    await tell(one.page, 700);
    await tell(other.page, 900);
    await open(at, one.page, '/walk/groups', 'input[name=group]');
    await one.page.locator('input[name=group]').fill('우리 회사');
    await one.page.locator('form:has(input[name=group]) button').click();
    await one.page.waitForURL(/\/walk\/groups\/[0-9a-f-]{36}$/);
    await one.page.locator('#make-invitation').click();
    const link = await one.page.locator('#invite input').inputValue();
    await other.page.goto(link);
    await other.page.locator('#join').click();
    await said(other.page, at.says.joinedGroup('우리 회사'));
    await until(async () => (await other.page.locator('#members li').count()) === 2, 'both are members');
    assert.equal(await other.page.locator('#make-invitation').count(), 0);
    await other.page.locator('#leave-group').click();
    await other.page.locator('dialog button.primary').click();
    await other.page.waitForURL('**/walk/groups');
    await one.page.reload();
    await until(async () => (await one.page.locator('#members li').count()) === 1, 'one is left');
    assert.ok((await today(one.page)).length === 10);
  }
};
