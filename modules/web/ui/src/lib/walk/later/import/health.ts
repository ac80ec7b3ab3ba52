import { isDay } from '../../day';
import type { Tally } from './tally';
import { attributesOf, XmlTags, type Tag } from './xml';

const stepCount = 'HKQuantityTypeIdentifierStepCount';
const wanted = ['type', 'sourceName', 'startDate', 'endDate', 'value'] as const;

/** `2026-11-27 08:15:30 +0900` */
const moment = /^(\d{4}-\d\d-\d\d) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/;

interface Moment {
  /** Since 1970 on that clock. */
  minute: number;
  /** Of that clock from UTC. */
  offset: number;
}

/** Records come in the order of days, so that most are of the same one. */
let lastDay = { day: '', minute: 0 };

/** At which minute since 1970 a day begins; NaN for what is none, as a 31st of February. */
function minuteOfDay(day: string): number {
  if (lastDay.day !== day) lastDay = { day, minute: isDay(day) ? Date.parse(`${day}T00:00:00Z`) / 60_000 : NaN };
  return lastDay.minute;
}

export function momentOf(text: string): Moment | null {
  const parts = moment.exec(text);
  if (!parts) return null;
  const [, day = '', hours, minutes, seconds, sign, offsetHours, offsetMinutes] = parts;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  const minute = minuteOfDay(day) + Number(hours) * 60 + Number(minutes) + Number(seconds) / 60;
  const offset = (sign === '-' ? -1 : 1) * (Number(offsetHours) * 60 + Number(offsetMinutes));
  if (Number.isNaN(minute) || offset < -720 || offset > 840 || offset % 15 !== 0) return null;
  return { minute, offset };
}

/** The steps of an export of Apple Health, which comes in pieces. All else in it is gone past. */
export class HealthReader {
  /** When it was exported, in milliseconds since 1970; null where it does not say. */
  exportedAt: number | null = null;
  /** Whether it is one at all. */
  begun = false;
  ended = false;
  #tags: XmlTags;
  #tally: Tally;
  /** Records within one stand outside of it, too. */
  #correlations = 0;

  constructor(tally: Tally) {
    this.#tally = tally;
    this.#tags = new XmlTags({
      start: (tag) => this.#start(tag),
      end: (name) => {
        if (name === 'HealthData') this.ended = true;
        else if (name === 'Correlation') this.#correlations--;
      }
    });
  }

  push(piece: string): void {
    this.#tags.push(piece);
  }

  #start(tag: Tag): void {
    if (tag.name === 'Record') {
      if (this.#correlations === 0 && this.begun && tag.attributes.includes(stepCount)) this.#record(tag);
    } else if (tag.name === 'HealthData') {
      this.begun = true;
    } else if (tag.name === 'Correlation') {
      this.#correlations++;
    } else if (tag.name === 'ExportDate') {
      const at = momentOf(attributesOf(tag, ['value'])['value'] ?? '');
      if (at) this.exportedAt = (at.minute - at.offset) * 60_000;
    }
  }

  #record(tag: Tag): void {
    const { type, sourceName = '', startDate = '', endDate = '', value = '' } = attributesOf(tag, wanted);
    if (type !== stepCount) return;
    const from = momentOf(startDate);
    const to = momentOf(endDate);
    const steps = /^\d{1,7}(\.\d+)?$/.test(value) ? Math.round(Number(value)) : NaN;
    if (!from || !to || Number.isNaN(steps) || to.minute - to.offset < from.minute - from.offset) {
      this.#tally.records++;
      this.#tally.skipped++;
      return;
    }
    // Both by the clock as it was at the start.
    const end = to.minute - to.offset + from.offset;
    this.#tally.add({ device: sourceName, from: Math.floor(from.minute), to: Math.ceil(end), offset: from.offset, steps });
  }
}
