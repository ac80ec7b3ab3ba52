import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Claiming, Showing } from './hand-over.svelte';

const path = '/api/v1/sessions/hand-over';
let asked: string[];
let sent: unknown[];
/** What the server says to each: a status, data, or nothing where no answer comes. */
let says: Record<string, { status?: number; data?: unknown } | null>;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  sent = [];
  says = { [`POST ${path}`]: { data: { handOverId: 7, code: '123456', expiresAt: '' } }, [`GET ${path}`]: { data: { handOverId: 7, state: 'WAITING' } } };
  vi.stubGlobal('fetch', async (address: string, { method, body }: { method: string; body?: string }) => {
    const call = `${method} ${address}`;
    asked.push(call);
    sent.push(body && JSON.parse(body));
    const said = call in says ? says[call] : {};
    if (!said) throw new TypeError('no network');
    return new Response(JSON.stringify({ resultCode: '', message: '', data: said.data ?? null }), { status: said.status ?? 200 });
  });
});
afterEach(() => vi.useRealTimers());
const turn = () => vi.advanceTimersByTimeAsync(2_000);

describe('the device that shows a code', () => {
  it('says who asks, and gives nothing before it is allowed', async () => {
    const showing = new Showing();
    await showing.open();
    expect(showing).toMatchObject({ step: 'shown', code: '123456' });
    await turn();
    expect(showing.step).toBe('shown');
    says[`GET ${path}`] = { data: { handOverId: 7, state: 'CLAIMED', device: 'Chrome · Android', address: '192.0.2.0' } };
    await turn();
    expect(showing).toMatchObject({ step: 'claimed', asking: { device: 'Chrome · Android' } });
    expect(asked).not.toContain(`POST ${path}/confirm`);
    await showing.allow();
    expect(showing.step).toBe('done');
    expect(sent[asked.indexOf(`POST ${path}/confirm`)]).toEqual({ handOverId: 7 });
    const before = asked.length;
    await turn();
    expect(asked).toHaveLength(before);
  });
  it('never allows who has typed the code of another tab', async () => {
    const showing = new Showing();
    await showing.open();
    says[`GET ${path}`] = { data: { handOverId: 8, state: 'CLAIMED' } };
    await turn();
    expect(showing.step).toBe('over');
  });
  it('refuses, and asks no more', async () => {
    const showing = new Showing();
    await showing.open();
    await showing.refuse();
    expect(showing.step).toBe('closed');
    expect(asked.at(-1)).toBe(`DELETE ${path}`);
    await turn();
    expect(asked.at(-1)).toBe(`DELETE ${path}`);
  });
  it.each([404, 410])('says that the code has ended after %i', async (status) => {
    const showing = new Showing();
    await showing.open();
    says[`GET ${path}`] = { status };
    await turn();
    expect(showing.step).toBe('over');
  });
  it('waits on while nobody answers, and says when it is too late to allow', async () => {
    const showing = new Showing();
    await showing.open();
    says[`GET ${path}`] = null;
    await turn();
    expect(showing.step).toBe('shown');
    says[`GET ${path}`] = { data: { handOverId: 7, state: 'CLAIMED' } };
    await turn();
    says[`POST ${path}/confirm`] = { status: 410 };
    await showing.allow();
    expect(showing.step).toBe('over');
  });
});

describe('the new device', () => {
  const claim = `GET ${path}/claim`;
  const finish = `POST ${path}/claim/finish`;
  const arrived = vi.fn();
  const enter = async () => {
    arrived.mockReset();
    says[`POST ${path}/claim`] = { status: 202, data: { device: 'Firefox · Linux' } };
    says[claim] = { data: { state: 'CLAIMED' } };
    const claiming = new Claiming(async (act) => void (await act()), arrived);
    await claiming.enter('123456');
    return claiming;
  };
  it('waits until it is allowed, then is signed in', async () => {
    const claiming = await enter();
    expect(claiming).toMatchObject({ step: 'waiting', device: 'Firefox · Linux' });
    await turn();
    expect(arrived).not.toHaveBeenCalled();
    says[claim] = { data: { state: 'CONFIRMED' } };
    await turn();
    expect(asked.at(-1)).toBe(finish);
    expect(arrived).toHaveBeenCalledTimes(1);
  });
  it('stays where it is when the code is wrong', async () => {
    says[`POST ${path}/claim`] = { status: 400 };
    const claiming = new Claiming(async (act) => void (await act()), arrived);
    await expect(claiming.enter('000000')).rejects.toMatchObject({ status: 400 });
    expect(claiming.step).toBe('enter');
  });
  it('is told when it was refused', async () => {
    const claiming = await enter();
    says[claim] = { status: 404 };
    await turn();
    expect(claiming.step).toBe('over');
    expect(arrived).not.toHaveBeenCalled();
  });
  it('arrives although the last answer was lost', async () => {
    await enter();
    says[claim] = { data: { state: 'CONFIRMED' } };
    says[finish] = null;
    await turn();
    expect(arrived).not.toHaveBeenCalled();
    says[claim] = { status: 404 };
    await turn();
    expect(arrived).toHaveBeenCalledTimes(1);
  });
  it('asks no more once it is left', async () => {
    (await enter()).stop();
    const before = asked.length;
    await turn();
    expect(asked).toHaveLength(before);
  });
});
