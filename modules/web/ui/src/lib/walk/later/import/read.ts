import { dayOf } from '../../day';
import type { NewUpdate } from '../../types';
import { CsvReader } from './csv';
import { HealthReader } from './health';
import { Tally } from './tally';
import { exportIn, isZip, packedBytes, packedIn } from './zip';

/** `unknown`: it is nothing that can be read here; `cut`: it ends before its end. */
export class FileError extends Error {
  constructor(readonly why: 'unknown' | 'cut') {
    super(why);
  }
}

export interface Found {
  updates: NewUpdate[];
  days: number;
  records: number;
  skipped: number;
  old: number;
}

interface Progress {
  /** Of 1. */
  progress: (share: number) => void;
  signal: AbortSignal;
}

const stored = 0;
const deflated = 8;
/** So long the page stands still at most, while it reads. */
const longestWork = 40;

/** The bytes of a file, or of the export that is packed in it. */
async function bytesOf(file: Blob, counted: (bytes: number) => void): Promise<{ stream: ReadableStream<Uint8Array>; size: number }> {
  let packed: Blob = file;
  let method = stored;
  if (await isZip(file)) {
    const inside = exportIn(await packedIn(file));
    if (!inside || (inside.method !== stored && inside.method !== deflated)) throw new FileError('unknown');
    packed = await packedBytes(file, inside);
    method = inside.method;
  }
  const count = new TransformStream<Uint8Array, Uint8Array>({
    transform(part, on) {
      counted(part.length);
      on.enqueue(part);
    }
  });
  const stream = packed.stream().pipeThrough(count);
  return {
    stream: method === deflated ? stream.pipeThrough(new DecompressionStream('deflate-raw') as TransformStream<Uint8Array, Uint8Array>) : stream,
    size: packed.size
  };
}

/**
 * The steps in a file. It is read in pieces, and none of it is kept but the sums. Throws FileError, or AbortError when it
 * was stopped.
 */
export async function readSteps(file: File, { progress, signal }: Progress, now = new Date()): Promise<Found> {
  let read = 0;
  const { stream, size } = await bytesOf(file, (bytes) => (read += bytes)).catch((error: unknown) => {
    throw error instanceof RangeError ? new FileError('unknown') : error;
  });
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  const into = new Into(now);
  try {
    for (let since = performance.now(); ; ) {
      signal.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) break;
      into.push(decoder.decode(value, { stream: true }));
      if (performance.now() - since < longestWork) continue;
      progress(size > 0 ? read / size : 1);
      await new Promise((resolve) => setTimeout(resolve));
      since = performance.now();
    }
    into.push(decoder.decode());
  } catch (error) {
    // What was packed wrongly breaks while it is unpacked.
    throw error instanceof TypeError ? new FileError('cut') : error;
  } finally {
    void reader.cancel().catch(() => {});
  }
  progress(1);
  return into.finish(file.lastModified);
}

/** What kind of file it is shows at its first sign. */
class Into {
  #today: string;
  #tally: Tally | null = null;
  #health: HealthReader | null = null;
  #csv: CsvReader | null = null;

  constructor(now: Date) {
    this.#today = dayOf(now);
  }

  push(piece: string): void {
    if (!this.#tally) {
      const text = piece.replace(/^\ufeff/, '').trimStart();
      if (!text) return;
      const xml = text.startsWith('<');
      this.#tally = new Tally(xml ? 'health' : 'csv', this.#today);
      if (xml) this.#health = new HealthReader(this.#tally);
      else this.#csv = new CsvReader(this.#tally);
    }
    this.#health?.push(piece);
    this.#csv?.push(piece);
  }

  finish(modified: number): Found {
    const tally = this.#tally;
    this.#csv?.finish();
    if (!tally || (this.#health && !this.#health.begun) || this.#csv?.understood === 0) throw new FileError('unknown');
    if (this.#health && !this.#health.ended) throw new FileError('cut');
    const { days, records, skipped, old } = tally;
    return { updates: tally.updates(this.#health?.exportedAt ?? modified), days, records, skipped, old };
  }
}
