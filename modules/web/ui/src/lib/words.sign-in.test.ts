import { describe, expect, it, vi } from 'vitest';

import { sentence } from './words.sign-in';

const { settings } = vi.hoisted(() => ({ settings: { language: 'ko' } }));
vi.mock('./settings.svelte', () => ({ settings }));
vi.mock('./notices.svelte', () => ({ explain: String }));

/** What the server leads to the sign-in page with, and what the page itself does. */
const statuses = [
  ...['SUSPENDED', 'close-success', 'inactive-success', 'close-fail', 'inactive-fail', 'link-invalid', 'cancelled'],
  ...['refused', 'expired', 'provider-away', 'busy', 'unverified', 'linked', 'linked-elsewhere', 'sign-up-closed'],
  ...['invitation-needed', 'passkey-copied', 'session-over', 'guest-over', 'ended-elsewhere', 'guest-removed']
];

describe.each(['ko', 'en'] as const)('the sign-in page’s sentences in %s', (language) => {
  it('has one for each status, each another', () => {
    settings.language = language;
    const said = statuses.map((status) => sentence(status, ''));
    expect(said.every((each) => each.length > 10)).toBe(true);
    expect(new Set(said).size).toBe(said.length);
  });
  it('names the day until which closing is undone, and none for what ends with coming back', () => {
    settings.language = language;
    expect(sentence('close-success', 'DAY')).toContain('DAY');
    expect(sentence('inactive-success', 'DAY')).not.toContain('DAY');
  });
  it('says nothing for what is no status', () => {
    for (const none of [null, '', 'nothing', 'toString', '__proto__']) expect(sentence(none, 'DAY')).toBe('');
  });
});
