import { beforeEach, expect, it, vi } from 'vitest';

import { drafts } from './drafts';

/** The browser's storage, as far as drafts use it. */
beforeEach(() => {
  const kept: Record<string, string> = {};
  const methods = {
    getItem: (name: string) => kept[name] ?? null,
    setItem: (name: string, value: string) => void (kept[name] = value),
    removeItem: (name: string) => void delete kept[name]
  };
  for (const [name, value] of Object.entries(methods)) Object.defineProperty(kept, name, { value });
  vi.stubGlobal('localStorage', kept);
});

it('keeps what is typed and forgets what is emptied', () => {
  drafts.set('a', 'text');
  expect(drafts.get('a')?.text).toBe('text');
  drafts.set('a', '');
  expect(drafts.get('a')).toBeNull();
});

it('does not offer what is under way, and offers it again with its key when nobody answered', () => {
  drafts.send('b', 'sent', 'key');
  expect(drafts.get('b')).toBeNull();
  drafts.returned('b', 'sent', 'key');
  expect(drafts.get('b')).toMatchObject({ text: 'sent', key: 'key' });
});

it('keeps what was typed while another text was under way', () => {
  drafts.send('c', 'first', 'key');
  drafts.set('c', 'second');
  expect(drafts.get('c')?.text).toBe('second');
  drafts.returned('c', 'first', 'key');
  expect(drafts.get('c')).toMatchObject({ text: 'first\n\nsecond' });
  expect(drafts.get('c')).not.toHaveProperty('key');
});

it('has nothing left when it arrived or all is cleared', () => {
  drafts.send('d', 'sent', 'key');
  drafts.arrived('d');
  expect(drafts.get('d')).toBeNull();
  drafts.set('d', 'more');
  drafts.clearAll();
  expect(drafts.get('d')).toBeNull();
});
