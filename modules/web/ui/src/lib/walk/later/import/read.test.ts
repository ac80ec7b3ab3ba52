import { describe, expect, it } from 'vitest';

import { readSteps } from './read';
import { exportIn, packedIn } from './zip';

const now = new Date(2026, 10, 27, 12);
const xml = `<?xml version="1.0"?><HealthData><Record type="HKQuantityTypeIdentifierStepCount" sourceName="a" startDate="2026-11-26 08:10:00 +0900" endDate="2026-11-26 08:20:00 +0900" value="42"/></HealthData>`;

function file(content: BlobPart[], name = 'export'): File {
  return new File(content, name, { lastModified: 1_000 });
}
function read(content: File) {
  const shares: number[] = [];
  const found = readSteps(content, { progress: (share) => shares.push(share), signal: new AbortController().signal }, now);
  return found.then((each) => ({ ...each, shares }));
}

/** Bytes of numbers, the low ones first: each a value and how many bytes it takes. */
const bytesOf = (...numbers: [value: number, bytes: number][]): Uint8Array =>
  new Uint8Array(numbers.flatMap(([value, bytes]) => Array.from({ length: bytes }, (_, at) => Math.floor(value / 256 ** at) % 256)));
const textOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const joined = async (parts: Uint8Array[]): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
const deflated = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer());

/** Packs as Apple's export is packed; `wide`: as one of 4 GiB and more says how long it is. */
async function zip(entries: [name: string, text: string][], { wide = false, stored = false } = {}): Promise<Uint8Array<ArrayBuffer>> {
  const most = 0xffffffff;
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const [title, text] of entries) {
    const bytes = stored ? textOf(text) : await deflated(text);
    const name = textOf(title);
    const [short, long] = wide ? [most, 28] : [null, 0];
    parts.push(bytesOf([0x04034b50, 4], [0, 22], [name.length, 4]), name, bytes);
    directory.push(
      bytesOf([0x02014b50, 4], [0, 6], [stored ? 0 : 8, 2], [0, 8], [short ?? bytes.length, 4], [short ?? text.length, 4]),
      bytesOf([name.length, 2], [long, 2], [0, 10], [short ?? at, 4]),
      name,
      wide ? bytesOf([1, 2], [24, 2], [text.length, 8], [bytes.length, 8], [at, 8]) : bytesOf()
    );
    at += 30 + name.length + bytes.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  if (wide) {
    directory.push(bytesOf([0x06064b50, 4], [0, 36], [size, 8], [at, 8]));
    directory.push(bytesOf([0x07064b50, 4], [0, 4], [at + size, 8], [0, 4]));
  }
  return joined([...parts, ...directory, bytesOf([0x06054b50, 4], [0, 8], [wide ? most : size, 4], [wide ? most : at, 4], [0, 2])]);
}

const packed: [string, string][] = [
  ['apple_health_export/export_cda.xml', `<ClinicalDocument>${'x'.repeat(9_000)}</ClinicalDocument>`],
  ['apple_health_export/내보내기.xml', xml],
  ['apple_health_export/workout-routes/route.gpx', '<gpx/>']
];

describe('a file of steps', () => {
  it('is an export, a CSV, or the ZIP that the export is packed in', async () => {
    const days = (updates: { day: string; steps: number }[]) => updates.map(({ day, steps }) => [day, steps]);
    expect(days((await read(file([xml]))).updates)).toEqual([['2026-11-26', 42]]);
    expect(days((await read(file(['\ufeff2026-11-26,42\n']))).updates)).toEqual([['2026-11-26', 42]]);
    for (const options of [{}, { wide: true }, { stored: true }]) {
      expect(days((await read(file([await zip(packed, options)]))).updates)).toEqual([['2026-11-26', 42]]);
    }
  });
  it('tells how far it is read', async () => {
    expect((await read(file([xml]))).shares.at(-1)).toBe(1);
  });
  it('that is none of them, or has no end, is told apart', async () => {
    for (const none of ['', 'hello', '<html></html>', '\x89PNG\r\n', 'a,b\nc,d']) await expect(read(file([none]))).rejects.toMatchObject({ why: 'unknown' });
    await expect(read(file([xml.slice(0, -3)]))).rejects.toMatchObject({ why: 'cut' });
    await expect(read(file([await zip([['a.txt', 'x']])]))).rejects.toMatchObject({ why: 'unknown' });
    const whole = await zip(packed);
    for (const length of [4, 30, whole.length - 22, whole.length - 1]) {
      await expect(read(file([whole.slice(0, length)]))).rejects.toMatchObject({ why: expect.stringMatching(/unknown|cut/) as string });
    }
    const broken = new Uint8Array(whole);
    broken.fill(0xff, 30 + 34 + 60, 30 + 34 + 200);
    broken.fill(0xee, 200, 330);
    await expect(read(file([broken]))).rejects.toThrow();
  });
  it('whose directory lies is refused', async () => {
    const whole = await zip(packed);
    for (let at = whole.length - 22; at < whole.length; at++) {
      const lying = new Uint8Array(whole);
      lying[at]! ^= 0xff;
      await read(file([lying])).catch((error: unknown) => expect(error).toHaveProperty('why'));
    }
  });
  it('can be stopped', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(readSteps(file([xml]), { progress: () => {}, signal: stop.signal }, now)).rejects.toMatchObject({ name: 'AbortError' });
  });
  it('is found among what is packed with it', async () => {
    expect(exportIn(await packedIn(file([await zip(packed)])))?.name).toBe('apple_health_export/내보내기.xml');
    expect(exportIn([])).toBeNull();
  });
  it('of a hundred megabytes is read in pieces', async () => {
    const record = xml.slice(xml.indexOf('<Record'), xml.indexOf('</HealthData>')).replace('value="42"', 'value="0"');
    const piece = new Blob([record.repeat(1_000)]);
    const count = Math.ceil(100_000_000 / piece.size);
    const large = file(['<HealthData>', ...new Array<Blob>(count).fill(piece), '</HealthData>']);
    const { records, shares } = await read(large);
    expect(records).toBe(count * 1_000);
    expect(shares.length).toBeGreaterThan(3);
  });
});
