import { beforeEach, describe, expect, it, vi } from 'vitest';

const say = vi.fn();
const reload = vi.fn();
const kit = { navigating: { complete: null as Promise<void> | null }, updated: { current: false, check: vi.fn() } };
const drafts = { needed: () => false };
vi.mock('$app/state', () => kit);
vi.mock('./notices.svelte', () => ({ notices: { stay: say } }));
vi.mock('./drafts', () => ({ drafts }));
let speaks = true;
vi.mock('./i18n.svelte', () => ({ speaks: () => speaks, t: () => ({ renewed: 'renewed', reload: 'reload' }) }));

let fields: { value: string; defaultValue: string }[];
let underWay: object | null;
let now: number;

beforeEach(() => {
  vi.resetAllMocks();
  kit.navigating.complete = null;
  kit.updated.check.mockResolvedValue(true);
  drafts.needed = () => false;
  speaks = true;
  [fields, underWay, now] = [[], null, 1_000_000];
  const kept = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value)
  });
  vi.stubGlobal('document', { querySelectorAll: () => fields, querySelector: () => underWay });
  vi.stubGlobal('location', { reload });
  vi.spyOn(Date, 'now').mockImplementation(() => now);
});

async function lose() {
  const { partLost } = await import('./renewal');
  await partLost();
}

describe('where a part of the page does not come', () => {
  it('it begins anew when the server has another version', async () => {
    await lose();
    expect(reload).toHaveBeenCalledTimes(1);
    expect(say).not.toHaveBeenCalled();
  });
  it('and the version is the same, nothing is done', async () => {
    kit.updated.check.mockResolvedValue(false);
    await lose();
    expect(reload).not.toHaveBeenCalled();
    expect(say).not.toHaveBeenCalled();
  });
  it('it asks once however many parts are missed at a time', async () => {
    await Promise.all([lose(), lose(), lose()]);
    expect(kit.updated.check).toHaveBeenCalledTimes(1);
    expect(reload).toHaveBeenCalledTimes(1);
  });
  it('it begins anew at most once a minute, and else says it, with what does it', async () => {
    await lose();
    now += 59_999;
    await lose();
    expect(reload).toHaveBeenCalledTimes(1);
    expect(say).toHaveBeenCalledWith('renewed', expect.any(Function), 'reload');
    (say.mock.calls[0]![1] as () => void)();
    expect(reload).toHaveBeenCalledTimes(2);
    now += 1;
    await lose();
    expect(reload).toHaveBeenCalledTimes(3);
  });
  it.each([
    ['a text is typed', () => fields.push({ value: '쓰는 중', defaultValue: '' })],
    ['a text is not kept', () => (drafts.needed = () => true)],
    ['something is asked or under way', () => (underWay = {})]
  ])('it says so and does not begin anew while %s', async (_, act) => {
    fields.push({ value: '그대로', defaultValue: '그대로' });
    act();
    await lose();
    expect(reload).not.toHaveBeenCalled();
    expect(say).toHaveBeenCalledTimes(1);
  });
  it('it does not begin anew by itself where nothing can be remembered', async () => {
    vi.stubGlobal('sessionStorage', undefined);
    await lose();
    expect(reload).not.toHaveBeenCalled();
    expect(say).toHaveBeenCalledTimes(1);
  });
  it('and there are no words yet, it says nothing', async () => {
    speaks = false;
    fields.push({ value: 'x', defaultValue: '' });
    await lose();
    expect(say).not.toHaveBeenCalled();
  });
  it('on the way to another screen, SvelteKit is waited for', async () => {
    let arrive = () => {};
    kit.navigating.complete = new Promise((resolve) => (arrive = resolve));
    const losing = lose();
    await new Promise((done) => setTimeout(done));
    expect(kit.updated.check).not.toHaveBeenCalled();
    arrive();
    await losing;
    expect(reload).toHaveBeenCalledTimes(1);
  });
});
