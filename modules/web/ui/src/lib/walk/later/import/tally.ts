import type { NewUpdate } from '../../types';

export const mostSteps = 1_000_000;
export const daysBack = 400;
/** What the server takes of one day. */
const mostOfDay = 16;
const hoursOfDay = 25;

/** Steps of one stretch of time, as the clock of what counted them showed it. */
export interface Stretch {
  /** What counted: its name, which does not leave this device. */
  device: string;
  /** Minutes since 1970 on that clock. */
  from: number;
  to: number;
  /** Of the clock from UTC, in minutes; nothing where it is not told. */
  offset: number | null;
  steps: number;
}

interface Sum {
  device: string;
  offset: number | null;
  hours: number[];
  total: number;
  /** Of a whole day: when it was walked is not known. */
  timeless: boolean;
}

const minutesOfDay = 24 * 60;
const numberOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / (minutesOfDay * 60_000);
const dayOfNumber = (number: number): string => new Date(number * minutesOfDay * 60_000).toISOString().slice(0, 10);

/** A name that says nothing of the one it stands for, and is the same each time (FNV-1a, 64 bit). */
export function nameless(device: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(device)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}

/**
 * Steps by day, device and hour, however many records they come from. Only days that the server takes are kept, and of
 * each only so much, so that no file makes it grow without end.
 */
export class Tally {
  records = 0;
  /** Records that could not be understood, or were too much. */
  skipped = 0;
  old = 0;
  #days = new Map<number, Sum[]>();
  /** Days since 1970. */
  #today: number;
  #kind: string;

  /** `kind` begins the devices' names: what the file is. */
  constructor(kind: string, today: string) {
    this.#kind = kind;
    this.#today = numberOf(today);
  }

  get days(): number {
    return this.#days.size;
  }

  /** Spread evenly over the time that it took; what is rounded in one hour is made good in the next. */
  add({ device, from, to, offset, steps }: Stretch): void {
    this.records++;
    const end = Math.max(to, from + 1);
    if (!Number.isFinite(from + end) || end - from > 2 * minutesOfDay) return void this.skipped++;
    const dayAt = (minute: number) => Math.floor(minute / minutesOfDay);
    if (this.#out(this.#today - dayAt(end - 1), this.#today - dayAt(from))) return;
    let given = 0;
    for (let at = from; at < end; ) {
      const next = Math.min(end, (Math.floor(at / 60) + 1) * 60);
      const upTo = Math.round((steps * (next - from)) / (end - from));
      const day = dayAt(at);
      const ago = this.#today - day;
      if (upTo > given && ago >= 0 && ago <= daysBack) {
        this.#put(day, { device, offset }, Math.floor((at % minutesOfDay) / 60), upTo - given);
      }
      given = upTo;
      at = next;
    }
  }

  /** Of a day, without a time. */
  addDay(day: string, device: string, steps: number): void {
    this.records++;
    const number = numberOf(day);
    const ago = this.#today - number;
    if (this.#out(ago, ago)) return;
    this.#put(number, { device, offset: null }, null, steps);
  }

  /** What is to be sent, the latest day first. */
  updates(version: number): NewUpdate[] {
    const days = [...this.#days].sort(([one], [other]) => other - one);
    return days.flatMap(([day, sums]) =>
      sums.map(({ device, offset, hours, total, timeless }): NewUpdate => {
        let length = hours.length;
        while (length > 0 && hours[length - 1] === 0) length--;
        return {
          day: dayOfNumber(day),
          device: `${this.#kind}-${nameless(device)}`,
          source: 'IMPORT',
          steps: total,
          version,
          ...(timeless ? {} : { hours: hours.slice(0, length) }),
          ...(offset === null ? {} : { utcOffsetMinutes: offset })
        };
      })
    );
  }

  /** Whether the server takes nothing of what ended and began so many days ago; counted. */
  #out(ended: number, began: number): boolean {
    if (ended > daysBack) this.old++;
    else if (began < 0) this.skipped++;
    else return false;
    return true;
  }

  #put(day: number, { device, offset }: Pick<Sum, 'device' | 'offset'>, hour: number | null, steps: number): void {
    const sums = this.#days.get(day) ?? [];
    let sum = sums.find((each) => each.device === device && each.offset === offset);
    if ((!sum && sums.length >= mostOfDay) || (sum?.total ?? 0) + steps > mostSteps) return void this.skipped++;
    if (!sum) {
      sum = { device, offset, hours: new Array<number>(hoursOfDay - 1).fill(0), total: 0, timeless: false };
      sums.push(sum);
      this.#days.set(day, sums);
    }
    sum.total += steps;
    if (hour === null) sum.timeless = true;
    else sum.hours[hour]! += steps;
  }
}
