// What goes by mail: joining, coming back, the way out.
import assert from 'node:assert/strict';

import { me } from './accounts.mjs';
import { lookAround } from './visit.mjs';

/** Asks for a link on the sign-in page; answers with the link that comes. */
export async function askForLink(at, page, address) {
  await page.goto(`${at.program.url}/login`);
  await page.locator(lookAround).waitFor();
  await page.locator('input[type=email]').fill(address);
  await page.locator('.email button').click();
  await page.locator('input[autocomplete=one-time-code]').waitFor();
  return at.program.mailedLink(address);
}

/** The page where somebody becomes a member. */
export async function join(at, page) {
  await page.waitForURL('**/welcome');
  for (const place of [0, 1]) await page.locator('form input[type=checkbox]').nth(place).check();
  await page.locator('form button.primary').click();
  await page.waitForURL(`${at.program.url}/`);
  await page.locator('article').first().waitFor();
}

/** Asks in the settings for the mail that closes the account; answers with its link. */
export async function askToClose(at, page, address) {
  await page.goto(`${at.program.url}/settings`);
  await page.locator('section').last().locator('button').nth(1).click();
  await page.locator('dialog button.primary').click();
  await page.locator('section p.status[role=status]').waitFor();
  return at.program.mailedLink(address);
}

export const mails = {
  async 'a link opened elsewhere shows digits that join where they are typed; a mail closes, another brings back'(at) {
    const address = `${at.size}-${at.language}@mail.example`;
    const [{ page }, { page: elsewhere }] = [await at.page(), await at.page()];
    await elsewhere.goto(await askForLink(at, page, address));
    await elsewhere.locator('button').click();
    const digits = /\d{3}\s?\d{3}/.exec(await elsewhere.locator('main').innerText())[0];
    assert.equal((await elsewhere.context().cookies()).some(({ name }) => name === 'access_token'), false);
    await page.locator('input[autocomplete=one-time-code]').fill(digits);
    await page.locator('.email button.primary').click();
    await join(at, page);
    const { userId, userRole } = await me(page);
    assert.equal(userRole, 'USER');

    const closing = await askToClose(at, page, address);
    await elsewhere.goto(closing);
    await elsewhere.goto(closing);
    assert.equal((await me(page)).userId, userId, 'to look at the link does nothing');
    await elsewhere.locator('button').click();
    await elsewhere.waitForURL('**/login?status=close-success&until=*');
    await elsewhere.locator('[role=status].status', { hasText: at.says.closed }).waitFor();
    // What is open elsewhere learns of it.
    await page.goto(`${at.program.url}/`);
    await page.waitForURL('**/login?next=*');

    await page.goto(await askForLink(at, page, address));
    await page.locator('button').click();
    await page.waitForURL(`${at.program.url}/`);
    await page.locator('article').first().waitFor();
    assert.equal((await me(page)).userId, userId);
  }
};
