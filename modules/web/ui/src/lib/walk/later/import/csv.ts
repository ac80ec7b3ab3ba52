import { isDay } from '../../day';
import { mostSteps, type Tally } from './tally';

const longestField = 1_000;
const mostFields = 64;
const device = 'csv';

const dayNames = /^(date|day|날짜|일자|일시|start|start ?(date|time)|시작)/i;
const countNames = /^(steps?|step ?count|count|value|걸음|걸음 ?수|걸음수)/i;

/** `2026-11-27`, also with dots or slashes or nothing between, and with a time behind it. */
const written = /^(\d{4})(?:([-./])(\d{1,2})\2(\d{1,2})|(\d\d)(\d\d))\.?(?:[T ]+(\d{1,2}):(\d\d)(?::\d\d(?:\.\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?)?$/;

export interface When {
  day: string;
  /** Of the day, where it is told. */
  minute: number | null;
}

export function whenOf(text: string): When | null {
  const parts = written.exec(text.trim());
  if (!parts) return null;
  const [, year = '', , month = parts[5]!, date = parts[6]!, , , hour, minute] = parts;
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  if (!isDay(day)) return null;
  if (hour === undefined) return { day, minute: null };
  return Number(hour) < 24 && Number(minute) < 60 ? { day, minute: Number(hour) * 60 + Number(minute) } : null;
}

export function stepsOf(text: string): number | null {
  const plain = text.trim().replace(/^(\d{1,3})((?:,\d{3})+)$/, (_, first: string, more: string) => first + more.replace(/,/g, ''));
  if (!/^\d{1,9}(\.\d+)?$/.test(plain)) return null;
  const steps = Math.round(Number(plain));
  return steps <= mostSteps ? steps : null;
}

/**
 * Steps by day, or by hour, of a CSV that comes in pieces (RFC 4180, also with semicolons or tabs). The first line may
 * name the columns. Several lines of a day are parts of it, and add up. With times, each line is of that hour.
 */
export class CsvReader {
  /** Lines that had a day and a number. */
  understood = 0;
  #tally: Tally;
  #fields: string[] = [''];
  #quoted = false;
  /** A quote within quotes: its end, or one half of a quote that is meant. */
  #afterQuote = false;
  #separator: string | null = null;
  #columns: { day: number; count: number } | null = null;
  #first = true;

  constructor(tally: Tally) {
    this.#tally = tally;
  }

  push(piece: string): void {
    for (const sign of piece) this.#sign(sign);
  }
  finish(): void {
    this.#line();
  }

  #sign(sign: string): void {
    if (this.#quoted) {
      if (this.#afterQuote) {
        this.#afterQuote = false;
        if (sign === '"') return this.#put(sign);
        this.#quoted = false;
      } else if (sign === '"') {
        this.#afterQuote = true;
        return;
      } else if (sign !== '\n') {
        // A field of this kind has no lines: a quote that does not end must not take the rest of the file with it.
        return this.#put(sign);
      } else {
        this.#quoted = false;
      }
    }
    if (sign === '\n' || sign === '\r') return this.#line();
    if (this.#fields.length === 1 && this.#separator === null && (sign === ';' || sign === '\t' || sign === ',')) this.#separator = sign;
    if (sign === this.#separator) {
      if (this.#fields.length < mostFields) this.#fields.push('');
    } else if (sign === '"' && this.#fields.at(-1) === '') {
      this.#quoted = true;
    } else if (sign !== '\ufeff') {
      this.#put(sign);
    }
  }
  #put(sign: string): void {
    const last = this.#fields.length - 1;
    if (this.#fields[last]!.length < longestField) this.#fields[last] += sign;
  }

  #line(): void {
    const fields = this.#fields;
    this.#fields = [''];
    this.#quoted = this.#afterQuote = false;
    if (fields.every((field) => field.trim() === '')) return;
    if (this.#first && this.#named(fields)) return;
    this.#first = false;
    const { day: dayColumn, count: countColumn } = this.#columns ?? { day: 0, count: 1 };
    const when = whenOf(fields[dayColumn] ?? '');
    const steps = stepsOf(fields[countColumn] ?? '');
    if (!when || steps === null) {
      this.#tally.records++;
      this.#tally.skipped++;
      return;
    }
    this.understood++;
    if (when.minute === null) return this.#tally.addDay(when.day, device, steps);
    const from = Date.parse(`${when.day}T00:00:00Z`) / 60_000 + when.minute;
    this.#tally.add({ device, from, to: from + 1, offset: null, steps });
  }

  /** Whether a line names the columns. A few lines of words may come before it. */
  #named(fields: string[]): boolean {
    const day = fields.findIndex((field) => dayNames.test(field.trim()));
    const count = fields.findIndex((field, at) => at !== day && countNames.test(field.trim()));
    if (day < 0 || count < 0) return false;
    this.#columns = { day, count };
    return true;
  }
}
