import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';


// The language is the browser's, which is not here.
vi.mock('./settings.svelte', () => ({ settings: { language: 'ko' } }));

let here: { onLine: boolean };
async function open(onLine = true) {
  here = { onLine };
  vi.stubGlobal('navigator', here);
  vi.resetModules();
  const { notices, explain } = await import('./notices.svelte');
  await (await import('./i18n.svelte')).firstWords();
  return { notices, explain, client: await import('./api/client'), texts: () => notices.list.map(({ text }) => text) };
}
beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('explain', () => {
  it('has the server’s words, and its wait', async () => {
    const { explain, client } = await open();
    const said = (...given: [number, string, (number | null)?]) => explain(new client.ApiError(...given));
    expect(said(404, '글이 없습니다.')).toBe('글이 없습니다.');
    expect(said(429, '', 45)).toBe('짧은 시간에 너무 많이 요청했습니다. 45초 뒤에 다시 할 수 있습니다.');
    expect(said(429, '손님이 너무 많습니다.', 600)).toBe('손님이 너무 많습니다. 약 10분 뒤에 다시 할 수 있습니다.');
    expect(said(429, '', 89)).toContain('89초');
    expect(said(429, '', 90)).toContain('약 2분');
    expect(said(503, '', null)).toBe('잠시 후 다시 시도해 주세요.');
    expect(explain(new Error('x'))).toBe('잠시 후 다시 시도해 주세요.');
  });
  it('tells no network from no server', async () => {
    const { explain, client } = await open();
    const lost = new client.OfflineError('lost');
    expect(explain(lost)).toBe('서버가 응답하지 않습니다.');
    here.onLine = false;
    expect(explain(lost)).toContain('연결이 끊겼습니다.');
  });
});

describe('notices', () => {
  it('are at most three, each said once, unless each can be tried again', async () => {
    const { notices, texts } = await open();
    for (const text of ['하나', '둘', '둘', '셋', '넷']) notices.say(text);
    expect(texts()).toEqual(['둘', '셋', '넷']);
    notices.say('다시', () => {});
    notices.say('다시', () => {});
    expect(texts()).toEqual(['넷', '다시', '다시']);
    const same = () => {};
    notices.say('같은 일', same);
    notices.say('같은 일', same);
    expect(texts()).toEqual(['다시', '다시', '같은 일']);
  });
  it('go by themselves, later when they can be tried again', async () => {
    const { notices, texts } = await open();
    notices.say('하나');
    notices.say('다시', () => {});
    vi.advanceTimersByTime(4_999);
    expect(texts()).toEqual(['하나', '다시']);
    vi.advanceTimersByTime(1);
    expect(texts()).toEqual(['다시']);
    vi.advanceTimersByTime(6_999);
    expect(texts()).toEqual(['다시']);
    vi.advanceTimersByTime(1);
    expect(texts()).toEqual([]);
    const close = notices.stay('닫을 때까지', () => {});
    vi.advanceTimersByTime(3_600_000);
    expect(texts()).toEqual(['닫을 때까지']);
    close();
    expect(texts()).toEqual([]);
  });
  it('say why and what was not done; without a connection only what was not', async () => {
    const online = await open();
    online.notices.fail(new online.client.OfflineError('lost'), '삭제하지 못했습니다.', null);
    expect(online.texts()).toEqual(['서버가 응답하지 않습니다. 삭제하지 못했습니다.']);
    const offline = await open(false);
    offline.notices.fail(new offline.client.OfflineError('lost'), '삭제하지 못했습니다.', null);
    offline.notices.fail(new offline.client.OfflineError('lost'), null, null);
    expect(offline.texts()).toEqual(['삭제하지 못했습니다.', '보내지 못했습니다.']);
  });
});
