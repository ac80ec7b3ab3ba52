// The screens of moderators and admins in their states, with what people wrote and reported in this visit.
import { follow } from './accounts.mjs';
import { choose, openQueue, post, report, reported, somebody } from './moderating.mjs';
import { call, entry } from './visit.mjs';

const long = `긴 신고 내용입니다. ${'같은 광고를 여러 글에 붙여 넣습니다. '.repeat(12)}`;
const envelope = (data) => ({ json: { resultCode: 'S', message: '', data } });

/** Answers that post as one whose author nobody is told. */
async function unlink(page, id) {
  await page.route(`**/api/v1/feeds/${id}`, async (route) => {
    const answer = await (await route.fetch()).json();
    await route.fulfill({ json: { ...answer, data: { ...answer.data, userId: 0, unlinked: true } } });
  });
}

/** Calls `look(name)` at each. */
export async function moderatorScreens(at, page, look) {
  // Earlier visits have left what they wrote.
  const mark = `${at.size} ${at.language}`;
  const texts = ['광고로 보이는 글', '도배 도배 도배', '오해받은 후기', '메뉴가 열릴 댓글', '처리한 글'].map((text) => `${text} ${mark}`);
  const [spam, flooded, misread, said, done] = texts;
  const admin = await at.program.createUser();
  await at.program.promote(admin, 'ADMIN');
  const [{ page: author, context: one }, { page: reader, context: two }, { page: guest, context: three }] = [
    await somebody(at),
    await somebody(at),
    await at.guest()
  ];
  await post(author, `새 계정의 링크는 기다립니다 ${'https://bad.example/아주-긴-주소/'.repeat(3)}`);
  const first = await post(author, `${spam} ${'ㅋ'.repeat(60)}`);
  await report(reader, first, 'SPAM', long);
  await report(guest, first, 'ABUSE');
  const flood = await post(guest, flooded);
  await report(reader, flood, 'SPAM');
  await report(reader, (await call(author, 'GET', '/api/v1/users/me')).data.userId, 'HATE', '', 'USER');
  const hidden = await post(author, misread);
  const { data: comment } = await call(author, 'POST', '/api/v1/comments', { feedId: first, content: said });
  await report(reader, comment.commentId, 'OTHER', '', 'COMMENT');

  const { page: colleague, context: four } = await somebody(at, 'MODERATOR');
  const { data: act } = await call(colleague, 'POST', `/api/v1/admin/feeds/${hidden}/hide`, { reason: '광고로 보임' });
  await call(author, 'POST', '/api/v1/moderation/objections', { actId: act.actId, text: '광고가 아니라 제가 산 물건의 후기입니다. 다시 봐 주세요.' });

  const decided = await post(author, done);
  await report(reader, decided, 'ABUSE');
  await call(colleague, 'POST', `/api/v1/admin/feeds/${decided}/hide`, { reason: '욕설' });

  await page.context().clearCookies();
  await follow(at, page, admin);
  await page.route('**/admin/reports?*', (route) => route.fulfill(envelope({ reports: [], openByMembers: 0, openByGuests: 0 })));
  await openQueue(at, page);
  await page.locator('.message').waitFor();
  await look('moderation-empty');
  await page.unroute('**/admin/reports?*');
  await openQueue(at, page);
  await reported(page, misread).waitFor();
  await look('moderation');
  await reported(page, spam).first().locator('button[aria-expanded]').last().click();
  await page.locator('.details li').first().waitFor();
  await reported(page, spam).first().scrollIntoViewIfNeeded();
  await look('moderation-details');
  await choose(page, misread, at.says.restore);
  await look('moderation-objection');
  await page.keyboard.press('Escape');
  await choose(page, flooded, at.says.suspend);
  await page.locator('dialog select').selectOption('day');
  await look('moderation-suspend');
  await page.keyboard.press('Escape');
  await page.route('**/admin/reports/*', (route) =>
    route.request().method() === 'POST' ? route.fulfill({ status: 403, json: { resultCode: 'F-403', message: '이 회원에게는 할 수 없습니다.', data: null } }) : route.continue()
  );
  await choose(page, flooded, at.says.hide);
  await page.locator('dialog textarea').fill('도배');
  await page.locator('dialog button.primary').click();
  await page.locator('dialog [role=alert]').waitFor();
  await look('moderation-refused');
  await page.keyboard.press('Escape');
  await page.unroute('**/admin/reports/*');
  // Done for real, no guest would come to this server for an hour.
  await page.route('**/admin/users/*/suspend', (route) => route.fulfill(envelope({ ...act, by: admin })));
  await choose(page, flooded, at.says.stopGuest);
  await page.locator('.notice').first().waitFor();
  await look('moderation-stopped');
  await page.unroute('**/admin/users/*/suspend');
  await page.locator('#tab-closed').click();
  await reported(page, done).getByRole('button', { name: at.says.restore }).waitFor();
  await look('moderation-closed');

  const ofWalk = (reportId, targetType, name, nameNow, texts) => ({
    reportId, targetType, name, nameNow, texts, state: 'OPEN', reportCount: 3, openedOn: '2026-03-01', decision: null, decidedOn: null,
    reasons: [{ reason: 'ABUSE', count: 2 }, { reason: 'OTHER', count: 1 }]
  });
  await page.route('**/admin/walk/reports?*', (route) =>
    route.fulfill(envelope({
      open: 3,
      reports: [
        ofWalk(3, 'WALKER', '아주나쁜별명'.repeat(8), '다른별명', [{ reason: 'ABUSE', text: long }, { reason: 'OTHER', text: '저도요' }]),
        ofWalk(2, 'GROUP', '우리 회사 걷기 모임', null, []),
        ofWalk(1, 'CHEER', 'walker_1', 'walker_1', [])
      ]
    }))
  );
  await page.locator('#tab-walk').click();
  await reported(page, 'walker_1').waitFor();
  await look('moderation-walk');
  await reported(page, 'walker_1').locator('.choices button.primary').click();
  await page.locator('dialog input').fill('walker_2');
  await look('moderation-walk-rename');
  await page.keyboard.press('Escape');
  await page.unroute('**/admin/walk/reports?*');

  await page.locator('a[href="/moderation/rules"]').click();
  await page.locator('#words').fill('가\n대출\nbad.example');
  await page.locator('#hours').fill('999');
  await page.locator('#hours-fault').filter({ hasText: /\d/ }).waitFor();
  await look('moderation-rules');
  await page.locator('form button.plain').click();
  await page.locator('#words').fill('대출');
  await page.route('**/admin/rules', (route) =>
    route.request().method() === 'PUT'
      ? route.fulfill({ status: 409, json: { resultCode: 'F-409', message: '', data: null } })
      : route.fulfill(envelope({ version: 999, words: ['도박', '스팸'], newcomerHours: 24, newcomerLinks: 'HOLD' }))
  );
  await page.locator('form button.primary').click();
  await page.locator('.status[role=status]').waitFor();
  await look('moderation-rules-joined');
  await page.locator('form button.plain').click();
  await page.unroute('**/admin/rules');
  await page.locator('a[href="/moderation/audit"]').click();
  await page.locator('article').first().waitFor();
  await look('moderation-audit');

  await page.goto(`${at.program.url}/post/${first}`);
  await entry(page, said).locator('.dots').click();
  await look('moderation-menu');
  await page.keyboard.press('Escape');
  await page.goto(`${at.program.url}/post/${hidden}`);
  await page.locator('.message button').waitFor();
  await look('moderation-hidden');
  await unlink(page, first);
  await page.route(`**/admin/feeds/${first}/author`, (route) => route.fulfill(envelope({ userId: 7 })));
  await page.goto(`${at.program.url}/post/${first}`);
  await entry(page, said).waitFor();
  await page.locator('article .dots').first().click();
  await page.locator('.items').getByText(at.says.menuStop).click();
  await page.locator('dialog textarea').waitFor();
  await look('moderation-stop');
  await page.keyboard.press('Escape');
  await page.locator('article .dots').first().click();
  await page.locator('.items').getByText(at.says.menuLook).click();
  await page.locator('dialog textarea').fill('수사 기관의 요청');
  await look('moderation-look');
  await page.locator('dialog button.primary').click();
  await page.locator('dialog .found').waitFor();
  await look('moderation-looked');
  await page.keyboard.press('Escape');
  for (const context of [one, two, three, four]) await context.close();
}
