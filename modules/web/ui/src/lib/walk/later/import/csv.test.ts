import { describe, expect, it } from 'vitest';

import { CsvReader, stepsOf, whenOf } from './csv';
import { Tally } from './tally';

const today = '2026-11-27';

function read(text: string, length = text.length) {
  const tally = new Tally('csv', today);
  const reader = new CsvReader(tally);
  for (let at = 0; at < text.length; at += length) reader.push(text.slice(at, at + length));
  reader.finish();
  return { tally, understood: reader.understood, days: tally.updates(7).map(({ day, steps, hours }) => [day, steps, ...(hours ? [hours] : [])]) };
}

describe('a CSV of steps', () => {
  it('is days and numbers, with a heading or without, however it is separated', () => {
    const wanted = [['2026-11-26', 1_234], ['2026-11-25', 5]];
    for (const text of [
      '2026-11-26,1234\n2026-11-25,5',
      'date,steps\r\n2026-11-26,1234\r\n2026-11-25,5\r\n',
      '\ufeff걸음 수;날짜\n1234;2026.11.26\n5;2026. 11. 25'.replace(/\. /g, '.'),
      'Name\tDate\tStep Count\nJin\t20261126\t1234\nJin\t2026/11/25\t5',
      '"2026-11-26","1,234"\n"2026-11-25","5"\n\n'
    ]) {
      for (const length of [1, 3, text.length]) expect(read(text, length).days).toEqual(wanted);
    }
  });
  it('with times is of hours', () => {
    expect(read('start,count\n2026-11-26 00:10,10\n2026-11-26 02:59:59,30\n2026-11-26T02:00:00+09:00,1').days).toEqual([['2026-11-26', 41, [10, 0, 31]]]);
    expect(read('2026-11-26 00:10,10\n2026-11-26,5').days).toEqual([['2026-11-26', 15]]);
  });
  it('adds up several lines of a day', () => {
    expect(read('2026-11-26,10\n2026-11-26,20').days).toEqual([['2026-11-26', 30]]);
  });
  it('goes past what is no day and no number, and says how much', () => {
    const { days, tally } = read('Steps of 2026\n2026-11-26,10\n2026-02-30,1\n26/11/2026,1\n2026-11-26,-1\n2026-11-26,ten\n2026-11-26\n2026-11-28,3\n2020-01-01,3\n');
    expect(days).toEqual([['2026-11-26', 10]]);
    expect(tally).toMatchObject({ records: 9, skipped: 7, old: 1 });
  });
  it('keeps no field and no line that has no end', () => {
    const { understood, days } = read(`2026-11-26,10\n"${'x,'.repeat(500_000)}\n${','.repeat(500_000)}\n2026-11-25,5\n`, 65_536);
    expect(understood).toBe(2);
    expect(days).toHaveLength(2);
  });
});

describe('what is written', () => {
  it('is a day', () => {
    expect(whenOf(' 2026-1-5 ')).toEqual({ day: '2026-01-05', minute: null });
    expect(whenOf('2026-11-26 23:59')).toEqual({ day: '2026-11-26', minute: 1_439 });
    for (const none of ['2026-11-26 24:00', '2026-11', '2026-1126', '2026115', '11/26/2026', '']) expect(whenOf(none)).toBeNull();
  });
  it('is a number', () => {
    expect([stepsOf('0'), stepsOf(' 12.6 '), stepsOf('1,000,000')]).toEqual([0, 13, 1_000_000]);
    for (const none of ['', '-1', '1e3', '1.000.000', '1000001', '0x10', 'NaN', '12,34']) expect(stepsOf(none)).toBeNull();
  });
});
