import { describe, expect, it } from 'vitest';

import type { NewUpdate } from '../../types';
import { Importing } from './sending.svelte';

const lines = Array.from({ length: 250 }, (_, n) => new Date(Date.now() - n * 86_400_000).toISOString().slice(0, 10)).slice(1);
const csv = new File(lines.map((day) => `${day},1000\n`), 'steps.csv', { lastModified: 5 });

describe('an import', () => {
  it('is sent in batches, and goes on where it was broken off', async () => {
    const sent: NewUpdate[][] = [];
    let broken = true;
    const importing = new Importing((updates) => {
      if (sent.length === 1 && broken) return Promise.reject(new Error('no connection'));
      sent.push(updates);
      return Promise.resolve();
    });
    await importing.read(csv);
    expect(importing.state).toBe('found');
    expect(importing.found?.days).toBe(249);
    await importing.send();
    expect(importing.state).toBe('stopped');
    expect(importing.failed).toBeInstanceOf(Error);
    expect(importing.sent).toBe(100);
    broken = false;
    await importing.send();
    expect(importing.state).toBe('done');
    expect(sent.map(({ length }) => length)).toEqual([100, 100, 49]);
    expect(new Set(sent.flat().map(({ day }) => day)).size).toBe(249);
    expect(new Set(sent.flat().map(({ version }) => version))).toEqual(new Set([5]));
  });
  it('that is cancelled stays where it is, and is no failure', async () => {
    const importing: Importing = new Importing(async () => importing.cancel());
    await importing.read(csv);
    await importing.send();
    expect(importing).toMatchObject({ state: 'stopped', failed: null, sent: 100 });
  });
  it('says what is wrong with a file', async () => {
    const importing = new Importing(() => Promise.resolve());
    await importing.read(new File(['hello'], 'a'));
    expect(importing).toMatchObject({ state: 'idle', problem: 'unknown' });
  });
});
