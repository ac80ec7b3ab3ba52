import { generate } from 'lean-qr';

/** The dark squares of a QR code, row by row. */
export interface Code {
  size: number;
  /** An SVG path of them, in units of a square. */
  path: string;
}

export function codeOf(text: string): Code {
  const bitmap = generate(text);
  let path = '';
  for (let y = 0; y < bitmap.size; y++) {
    for (let x = 0; x < bitmap.size; x++) {
      // A run of dark squares is one rectangle.
      let end = x;
      while (bitmap.get(end, y)) end++;
      if (end > x) path += `M${x} ${y}h${end - x}v1h-${end - x}z`;
      x = end;
    }
  }
  return { size: bitmap.size, path };
}
