import { network } from '$lib/network';
import type { AssetPoint } from '$lib/api/types';
import { nameOf, percent } from '$lib/format';
import type { LanguageCode } from '$lib/settings.svelte';
import { saveFile } from '$lib/save';
import { line } from './line';

const side = 1080;
const edge = 96;

/** A card of the day: the name, how it moved, thirty days as a line; nothing that leads to anybody. */
async function draw(points: AssetPoint[]): Promise<Blob> {
  const last = points.at(-1)!;
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const font = getComputedStyle(document.body).fontFamily;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const on = canvas.getContext('2d')!;
  on.fillStyle = colour('--paper');
  on.fillRect(0, 0, side, side);
  const write = (text: string, size: number, y: number, tone: string, weight = 400) => {
    on.fillStyle = tone;
    on.font = `${weight} ${size}px ${font}`;
    on.fillText(text, edge, y, side - 2 * edge);
  };
  const change = last.changeAmount ?? 0;
  const tone = change === 0 ? colour('--ink') : colour(change > 0 ? '--rise' : '--fall');
  write(last.date, 40, 160, colour('--ink-soft'));
  write(`${change > 0 ? '▲ ' : change < 0 ? '▼ ' : ''}${nameOf(last.amount)}`, 168, 380, tone, 700);
  if (last.changePercent !== null) write(percent(last.changePercent), 72, 490, tone, 600);
  on.strokeStyle = colour('--ink');
  on.lineWidth = 8;
  on.lineJoin = 'round';
  on.beginPath();
  for (const point of line(points.map(({ amount }) => amount), side - 2 * edge, 300).split(' ')) {
    const [x, y] = point.split(',').map(Number) as [number, number];
    on.lineTo(edge + x, 580 + y);
  }
  on.stroke();
  write(network.en ?? 'dontgoback', 44, 1000, colour('--ink-soft'), 600);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no image'))), 'image/png')
  );
}

/** Hands the card to what the device shares with, or saves it; whether it was saved. */
export async function shareCard(points: AssetPoint[], language: LanguageCode): Promise<boolean> {
  const last = points.at(-1)!;
  const image = await draw(points);
  const name = `dontgoback-${last.date}.png`;
  const file = new File([image], name, { type: 'image/png' });
  const sheet = { files: [file] };
  if (navigator.canShare?.(sheet)) {
    await navigator.share({ ...sheet, title: language === 'ko' ? '나의 오늘' : 'My day' });
    return false;
  }
  saveFile(name, image);
  return true;
}
