import { generate } from 'lean-qr';
import { describe, expect, it } from 'vitest';

import { codeOf } from './code';

describe('a QR code', () => {
  it('has a rectangle for each run of dark squares, and none besides', () => {
    const text = 'https://dontgoback.example/walk/friends/add#0123456789abcdefghijklmnopqrstuvwxyzABCDEFG';
    const { size, path } = codeOf(text);
    const dark = new Set<string>();
    for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
      for (let i = 0; i < Number(length); i++) dark.add(`${Number(x) + i} ${y}`);
    }
    const bitmap = generate(text);
    expect(size).toBe(bitmap.size);
    for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) expect(dark.has(`${x} ${y}`)).toBe(bitmap.get(x, y));
    expect(dark.size).toBeGreaterThan(100);
  });
});
