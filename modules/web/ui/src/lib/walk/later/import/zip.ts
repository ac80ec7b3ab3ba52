// As much of ZIP (PKWARE APPNOTE 6.3) as an export is packed with: its directory, and one file in it, stored or deflated.

export interface Packed {
  name: string;
  method: number;
  /** Bytes as they are packed. */
  size: number;
  /** Where its own header stands. */
  at: number;
}

const longestComment = 65_535;
const endSize = 22;
/** A directory of so many bytes has names for some hundred thousand files. */
const longestDirectory = 32 * 1024 * 1024;
const wide = 0xffffffff;

const view = async (blob: Blob): Promise<DataView> => new DataView(await blob.arrayBuffer());
const long = (data: DataView, at: number): number => Number(data.getBigUint64(at, true));

/** Whether a file begins as one. */
export async function isZip(file: Blob): Promise<boolean> {
  return file.size >= endSize && (await view(file.slice(0, 4))).getUint32(0, true) === 0x04034b50;
}

async function directoryOf(file: Blob): Promise<{ at: number; size: number }> {
  const from = Math.max(0, file.size - endSize - longestComment);
  const tail = await view(file.slice(from));
  let end = tail.byteLength - endSize;
  while (end >= 0 && tail.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) throw new RangeError('no directory');
  const short = { size: tail.getUint32(end + 12, true), at: tail.getUint32(end + 16, true) };
  if (short.size !== wide && short.at !== wide) return short;
  // What is larger is told by a record that another one before this points to.
  const locator = end - 20;
  if (locator < 0 || tail.getUint32(locator, true) !== 0x07064b50) throw new RangeError('no directory');
  const record = await view(file.slice(long(tail, locator + 8), long(tail, locator + 8) + 56));
  if (record.byteLength < 56 || record.getUint32(0, true) !== 0x06064b50) throw new RangeError('no directory');
  return { size: long(record, 40), at: long(record, 48) };
}

/** What is packed in it. Throws RangeError where it is none, or is broken. */
export async function packedIn(file: Blob): Promise<Packed[]> {
  const { at, size } = await directoryOf(file);
  if (size > longestDirectory || at + size > file.size) throw new RangeError('a directory too long');
  const data = await view(file.slice(at, at + size));
  const found: Packed[] = [];
  for (let entry = 0; entry + 46 <= data.byteLength && data.getUint32(entry, true) === 0x02014b50; ) {
    const nameLength = data.getUint16(entry + 28, true);
    const extraLength = data.getUint16(entry + 30, true);
    const nameAt = entry + 46;
    const next = nameAt + nameLength + extraLength + data.getUint16(entry + 32, true);
    if (next > data.byteLength) throw new RangeError('a broken directory');
    const packed = {
      name: new TextDecoder().decode(new Uint8Array(data.buffer, nameAt, nameLength)),
      method: data.getUint16(entry + 10, true),
      size: data.getUint32(entry + 20, true),
      at: data.getUint32(entry + 42, true)
    };
    widen(packed, data, { entry, from: nameAt + nameLength, to: nameAt + nameLength + extraLength });
    found.push(packed);
    entry = next;
  }
  return found;
}

/** Sizes of 4 GiB and more stand in an extra field (section 4.5.3): in order those that have no room. */
function widen(packed: Packed, data: DataView, { entry, from, to }: { entry: number; from: number; to: number }): void {
  for (let at = from; at + 4 <= to; at += 4 + data.getUint16(at + 2, true)) {
    if (data.getUint16(at, true) !== 1) continue;
    const end = Math.min(to, at + 4 + data.getUint16(at + 2, true));
    let value = at + 4;
    const take = (): number => {
      if (value + 8 > end) throw new RangeError('a broken directory');
      value += 8;
      return long(data, value - 8);
    };
    if (data.getUint32(entry + 24, true) === wide) take();
    if (packed.size === wide) packed.size = take();
    if (packed.at === wide) packed.at = take();
    return;
  }
}

/** The export among them: an XML file, but not the one for clinics, which has no steps. Its name is of the language. */
export const exportIn = (all: Packed[]): Packed | null =>
  all
    .filter(({ name }) => /\.xml$/i.test(name) && !/cda/i.test(name))
    .sort((one, other) => other.size - one.size)[0] ?? null;

/** Its bytes as they are packed. */
export async function packedBytes(file: Blob, { at, size }: Packed): Promise<Blob> {
  const header = await view(file.slice(at, at + 30));
  if (header.byteLength < 30 || header.getUint32(0, true) !== 0x04034b50) throw new RangeError('a broken entry');
  const from = at + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  if (from + size > file.size) throw new RangeError('a broken entry');
  return file.slice(from, from + size);
}
