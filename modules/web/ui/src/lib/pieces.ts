// What in a text leads somewhere: addresses of the web, and topics.
import { separates } from './found';

/** A part of a text, and where it leads. */
export interface Piece {
  text: string;
  href?: string;
  /** Another site. */
  away?: boolean;
}

const address = /(?:https?:\/\/|www\.)[\w\-.~:/?#[\]@!$&'()*+,;=%]+/giu;
/** Longer ones are shown without their end. */
const longest = 40;
const longestTopic = 50;

/** Without what ends the sentence or the bracket that it stands in. */
function withoutEnd(found: string): string {
  for (let text = found; ; text = text.slice(0, -1)) {
    const last = text.at(-1)!;
    const opened = { ')': '(', ']': '[' }[last];
    const closes = opened !== undefined && text.split(last).length > text.split(opened).length;
    if (!closes && !/[.,;:!?'*_~]/.test(last)) return text;
  }
}

/** An address as it is shown: the host, so that nobody is led elsewhere than it says, and as much of the rest as fits. */
function shown(url: URL, written: string): string {
  const rest = written.replace(/^https?:\/\//i, '').replace(/^([^/?#]*)\/$/, '$1');
  if (!rest.toLowerCase().startsWith(url.host)) return url.host;
  const fits = Math.max(longest, url.host.length + 8);
  return rest.length > fits ? `${rest.slice(0, fits)}…` : rest;
}

function parsed(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function linkOf(written: string, home: string): Piece | null {
  const url = parsed(/^www\./i.test(written) ? `https://${written}` : written);
  // A name before the host is there to be taken for it.
  if (!url || url.username || url.password) return null;
  if (url.origin === home) return { text: shown(url, written), href: `${url.pathname}${url.search}${url.hash}` };
  return url.hostname.includes('.') ? { text: shown(url, written), href: url.href, away: true } : null;
}

/** The name of a topic with its `#`, where one begins the text; the server's `has_topic` (core/search/topics.cpp). */
function topicAt(text: string): string | null {
  let name = '';
  for (const character of text.slice(1)) {
    if (separates.test(character)) break;
    name += character;
  }
  const length = [...name.normalize('NFC')].length;
  return length >= 2 && length <= longestTopic && !/^\d+$/.test(name) ? `#${name}` : null;
}

/** The same text in pieces, topics among them. */
function withTopics(text: string): Piece[] {
  const pieces: Piece[] = [];
  let plain = 0;
  for (let at = text.indexOf('#'); at >= 0; at = text.indexOf('#', at + 1)) {
    const before = [...text.slice(0, at)].at(-1) ?? ' ';
    const topic = ['#', '/', '&'].includes(before) || !separates.test(before) ? null : topicAt(text.slice(at));
    if (!topic) continue;
    if (at > plain) pieces.push({ text: text.slice(plain, at) });
    pieces.push({ text: topic, href: topicLink(topic) });
    plain = at + topic.length;
  }
  if (plain < text.length) pieces.push({ text: text.slice(plain) });
  return pieces;
}

export const topicLink = (topic: string): string => `/search?q=${encodeURIComponent(topic)}`;

/** What anybody follows a topic with, where strangers may read. */
export const topicFeed = (topic: string): string => `/topics/${encodeURIComponent(topic)}/feed.xml`;

/** The topic that a query is: itself alone, with its `#`. */
export const topicOf = (query: string): string | null => (query.startsWith('#') && topicAt(query) === query ? query.slice(1) : null);

/** A text in pieces; put together they are the text, but for addresses that are shown shorter. `home`: this origin. */
export function piecesOf(text: string, home: string): Piece[] {
  const pieces: Piece[] = [];
  let plain = 0;
  for (const match of text.matchAll(address)) {
    const before = [...text.slice(0, match.index)].at(-1);
    // In the middle of a word it is none.
    if (before !== undefined && /[\w.@-]/.test(before)) continue;
    const written = withoutEnd(match[0]);
    const link = linkOf(written, home);
    if (!link) continue;
    pieces.push(...withTopics(text.slice(plain, match.index)), link);
    plain = match.index + written.length;
  }
  return [...pieces, ...withTopics(text.slice(plain))];
}
