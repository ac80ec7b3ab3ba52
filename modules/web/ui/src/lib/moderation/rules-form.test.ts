import { beforeEach, describe, expect, it, vi } from 'vitest';

import { ApiError, OfflineError } from '../api/client';
import { RulesForm, rulesFormOf } from './rules-form.svelte';

const { calls, handleFailure, say } = vi.hoisted(() => ({ calls: { get: vi.fn(), set: vi.fn() }, handleFailure: vi.fn(), say: vi.fn() }));
vi.mock('../api/moderation', () => ({ rules: calls }));
vi.mock('../act', () => ({ handleFailure }));
vi.mock('../notices.svelte', () => ({ notices: { say }, explain: (error: Error) => error.message }));
vi.mock('../i18n.svelte', () => ({ t: () => ({ notChanged: '' }) }));
vi.mock('./words', () => ({ w: () => ({ saved: '', tooManyWords: 'many', badWords: (some: string) => `bad ${some}` }) }));

const rules = (version: number, ...words: string[]) => ({ version, words, newcomerHours: 24, newcomerLinks: 'HOLD' });

async function opened(...words: string[]) {
  calls.get.mockResolvedValueOnce(rules(1, ...words));
  const form = new RulesForm();
  await form.read();
  return form;
}

beforeEach(() => vi.resetAllMocks());

describe('the rules', () => {
  it('are sent with the version that was read, and shown as the server keeps them', async () => {
    const form = await opened('광고');
    form.draft.words = '광고\nBAD.example';
    calls.set.mockResolvedValue(rules(2, 'bad example', '광고'));
    await form.save();
    expect(calls.set).toHaveBeenCalledWith({ version: 1, words: ['광고', 'BAD.example'], newcomerHours: 24, newcomerLinks: 'HOLD' });
    expect([form.draft.words, form.changed]).toEqual(['bad example\n광고', false]);
  });
  it('that somebody changed meanwhile are read, joined, and saved by a second press', async () => {
    const form = await opened('광고');
    form.draft.words = '광고\n대출';
    calls.set.mockRejectedValueOnce(new ApiError(409, ''));
    calls.get.mockResolvedValueOnce(rules(5, '광고', '도박'));
    await form.save();
    expect([form.draft.words, form.merged?.added, form.ready]).toEqual(['광고\n도박\n대출', ['도박'], true]);
    calls.set.mockResolvedValueOnce(rules(6, '광고', '대출', '도박'));
    await form.save();
    expect(calls.set).toHaveBeenLastCalledWith(expect.objectContaining({ version: 5 }));
    expect(form.merged).toBeNull();
  });
  it('that nobody changes here follow what is read; what is typed stays', async () => {
    const form = await opened('광고');
    calls.get.mockResolvedValueOnce(rules(2, '도박'));
    await form.read();
    expect([form.draft.words, form.merged]).toEqual(['도박', null]);
    form.draft.words = '도박\n대';
    calls.get.mockResolvedValueOnce(rules(2, '도박'));
    await form.read();
    expect([form.draft.words, form.merged]).toEqual(['도박\n대', null]);
  });
  it('that the server refuses are said at the words until they are changed', async () => {
    const form = await opened('광고');
    form.draft.words = '광고\n대출';
    calls.set.mockRejectedValueOnce(new ApiError(400, '단어는 2자 이상'));
    expect(await form.save()).toBe(true);
    expect([form.fault, form.ready]).toEqual(['단어는 2자 이상', false]);
    expect(handleFailure).not.toHaveBeenCalled();
  });
  it('are not sent while something is wrong, and stay as typed when nobody answers', async () => {
    const form = await opened('광고');
    form.draft.words = '가';
    await form.save();
    form.draft.words = '광고\n대출';
    form.draft.hours = '999';
    await form.save();
    expect(calls.set).not.toHaveBeenCalled();
    form.draft.hours = '1';
    calls.set.mockRejectedValueOnce(new OfflineError(''));
    await form.save();
    expect([form.draft.words, form.saving, handleFailure.mock.calls.length]).toEqual(['광고\n대출', false, 1]);
    form.discard();
    expect(form.changed).toBe(false);
  });
  it('are left as they are for this account, and begun anew for another', () => {
    const form = rulesFormOf(1);
    expect(rulesFormOf(1)).toBe(form);
    expect(rulesFormOf(2)).not.toBe(form);
  });
});
