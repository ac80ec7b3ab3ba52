import { describe, expect, it } from 'vitest';

import { HealthReader, momentOf } from './health';
import { nameless, Tally } from './tally';

const today = '2026-11-27';
const record = (start: string, end: string, value: string | number, source = 'Jin의 iPhone', type = 'HKQuantityTypeIdentifierStepCount') =>
  `<Record type="${type}" sourceName="${source}" unit="count" startDate="${start}" endDate="${end}" value="${value}"/>`;
const document = (...records: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE HealthData [<!ELEMENT HealthData (ExportDate,Me)>]>
<HealthData locale="ko_KR"><ExportDate value="2026-11-27 09:00:00 +0900"/>${records.join('\n')}</HealthData>`;

function read(text: string, length = 1_000) {
  const tally = new Tally('health', today);
  const reader = new HealthReader(tally);
  for (let at = 0; at < text.length; at += length) reader.push(text.slice(at, at + length));
  return { tally, reader, updates: tally.updates(reader.exportedAt ?? 0) };
}
const hours = (by: Record<number, number>) => Array.from({ length: Math.max(...Object.keys(by).map(Number)) + 1 }, (_, hour) => by[hour] ?? 0);

describe('an export of Apple Health', () => {
  it('is steps by day, device and hour, with the clock that they were counted by', () => {
    const { updates, reader, tally } = read(
      document(
        record('2026-11-26 08:10:00 +0900', '2026-11-26 08:20:00 +0900', 500),
        record('2026-11-26 08:30:00 +0900', '2026-11-26 08:31:00 +0900', 20),
        record('2026-11-26 09:00:00 +0900', '2026-11-26 09:05:00 +0900', 300, 'Watch'),
        record('2026-11-25 21:00:00 -0800', '2026-11-25 21:10:00 -0800', 70),
        record('2026-11-26 09:00:00 +0900', '2026-11-26 09:05:00 +0900', 9_999, 'Watch', 'HKQuantityTypeIdentifierFlightsClimbed')
      )
    );
    const version = Date.UTC(2026, 10, 27, 0, 0, 0);
    const phone = `health-${nameless('Jin의 iPhone')}`;
    expect(reader.ended).toBe(true);
    expect(tally).toMatchObject({ records: 4, skipped: 0, old: 0, days: 2 });
    expect(updates).toEqual([
      { day: '2026-11-26', device: phone, source: 'IMPORT', steps: 520, version, hours: hours({ 8: 520 }), utcOffsetMinutes: 540 },
      { day: '2026-11-26', device: `health-${nameless('Watch')}`, source: 'IMPORT', steps: 300, version, hours: hours({ 9: 300 }), utcOffsetMinutes: 540 },
      { day: '2026-11-25', device: phone, source: 'IMPORT', steps: 70, version, hours: hours({ 21: 70 }), utcOffsetMinutes: -480 }
    ]);
    for (const { device } of updates) expect(device).toMatch(/^[A-Za-z0-9:_-][A-Za-z0-9._:-]{0,63}$/);
    expect(JSON.stringify(updates)).not.toMatch(/iPhone|Watch/);
  });

  it('is the same however it comes in pieces', () => {
    const text = document(record('2026-11-26 08:10:00 +0900', '2026-11-26 09:40:00 +0900', 77), record('2026-11-24 08:10:00 +0900', '2026-11-24 08:11:00 +0900', 5));
    const whole = read(text, text.length).updates;
    for (let length = 1; length < 60; length++) expect(read(text, length).updates).toEqual(whole);
  });

  it('spreads what went on over hours and midnight, and loses none of it', () => {
    const { updates } = read(document(record('2026-11-25 22:30:00 +0900', '2026-11-26 00:30:00 +0900', 101)));
    expect(updates.map(({ day, steps, hours }) => [day, steps, hours])).toEqual([
      ['2026-11-26', 25, [25]],
      ['2026-11-25', 76, hours({ 22: 25, 23: 51 })]
    ]);
  });

  it('goes past what no clock shows, what is older than is taken, and what is too much', () => {
    const { updates, tally } = read(
      document(
        record('2026-02-30 08:10:00 +0900', '2026-02-30 08:20:00 +0900', 5),
        record('yesterday', 'today', 5),
        record('2026-11-26 08:10:00 +0900', '2026-11-26 08:00:00 +0900', 5),
        record('2026-11-26 08:10:00 +0900', '2026-11-26 08:20:00 +0900', -5),
        record('2026-11-26 08:10:00 +0900', '2026-11-26 08:20:00 +0900', 'many'),
        record('2026-11-26 08:10:00 +2500', '2026-11-26 08:20:00 +2500', 5),
        record('2026-11-29 08:10:00 +0900', '2026-11-29 08:20:00 +0900', 5),
        record('2026-11-26 08:10:00 +0900', '2026-11-26 08:20:00 +0900', 9_000_000),
        record('2020-11-26 08:10:00 +0900', '2020-11-26 08:20:00 +0900', 5)
      )
    );
    expect(updates).toEqual([]);
    expect(tally).toMatchObject({ records: 9, skipped: 8, old: 1 });
  });

  it('counts once what stands within a correlation, too, and nothing before it has begun', () => {
    const one = record('2026-11-26 08:10:00 +0900', '2026-11-26 08:20:00 +0900', 5);
    expect(read(`${one}${document(`<Correlation type="x">${one}</Correlation>`, one)}`).updates.map(({ steps }) => steps)).toEqual([5]);
  });

  it('takes of a day as many devices as the server does', () => {
    const many = Array.from({ length: 1_000 }, (_, n) => record('2026-11-26 08:10:00 +0900', '2026-11-26 08:20:00 +0900', 5, `device ${n}`));
    const { updates, tally } = read(document(...many));
    expect(updates).toHaveLength(16);
    expect(tally.skipped).toBe(984);
  });

  it('that is cut off has not ended', () => {
    expect(read(document().slice(0, -5)).reader).toMatchObject({ begun: true, ended: false });
  });
});

describe('a moment', () => {
  it('is of its own clock', () => {
    expect(momentOf('2026-11-27 00:00:00 +0545')).toEqual({ minute: Date.UTC(2026, 10, 27) / 60_000, offset: 345 });
    expect(momentOf('2026-11-27 24:00:00 +0900')).toBeNull();
    expect(momentOf('2026-11-27 00:00:00 +0901')).toBeNull();
  });
});
