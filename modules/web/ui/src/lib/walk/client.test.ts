import { beforeEach, describe, expect, it, vi } from 'vitest';

import { onWalkerOver, walking } from './client';

let asked: string[];
let reply: (path: string) => number | Error;
const over = vi.fn();

beforeEach(() => {
  asked = [];
  over.mockClear();
  onWalkerOver(over);
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    const status = reply(path);
    if (status instanceof Error) throw status;
    return new Response(JSON.stringify({ resultCode: '', message: `said ${status}`, data: path }), { status });
  });
});
const renewal = '/api/v1/walkers/token';

describe('a call of a walker', () => {
  it('renews the walker’s session once, however many are refused, and never the account’s', async () => {
    let renewed = false;
    reply = (path) => {
      if (path === renewal) renewed = true;
      return renewed ? 200 : 401;
    };
    expect(await Promise.all([walking('/a'), walking('/b')])).toEqual(['/a', '/b']);
    expect(asked.filter((path) => path === renewal)).toHaveLength(1);
    expect(asked).not.toContain('/api/token');
    expect(over).not.toHaveBeenCalled();
  });
  it('whose session is over ends it, and is no failure that is shown', async () => {
    reply = () => 401;
    await expect(walking('/a')).rejects.toMatchObject({ name: 'AbortError' });
    expect(asked).toEqual(['/a', renewal]);
    expect(over).toHaveBeenCalledTimes(1);
  });
  it('that is refused for another reason, or not answered, ends nothing', async () => {
    reply = () => 403;
    await expect(walking('/a')).rejects.toMatchObject({ status: 403 });
    reply = (path) => (path === renewal ? 503 : 401);
    await expect(walking('/a')).rejects.toMatchObject({ status: 503 });
    reply = (path) => (path === renewal ? new Error('no connection') : 401);
    await expect(walking('/a')).rejects.toMatchObject({ message: 'no answer' });
    expect(over).not.toHaveBeenCalled();
  });
});
