/** What the page knows of its network before it asks: read from its own head (src/app.html). */
export interface OwnNetwork {
  ko?: string;
  en?: string;
  welcome?: { ko: string; en: string };
}

/** Empty where the operator has said nothing. */
export const network: OwnNetwork = (globalThis as { network?: OwnNetwork }).network ?? {};

/** Whether strangers may read what is at this address: the server said so in the head that it came with. */
export const isReadable = (path: string): boolean =>
  document.querySelector<HTMLMetaElement>('meta[property="og:url"]')?.content === location.origin + path;
