/** The envelope every answer comes in (wire contract, section 1). */
interface Envelope<T> {
  resultCode: string;
  message: string;
  data: T;
}

/** The server said no. `message` is its own sentence, fit to be shown. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** Seconds after which it is worth another try, where the server says so. */
    readonly wait: number | null = null,
    /** Which failure it is, where that matters (`Failure-Code`). */
    readonly code: string | null = null
  ) {
    super(message);
  }
}

/** No answer: no network, or no server. */
export class OfflineError extends Error {
  readonly at = Date.now();

  constructor(
    message: string,
    options?: ErrorOptions,
    /** There was no connection, or it broke; else it was there, and nothing came in time that the server had said. */
    readonly cut = false
  ) {
    super(message, options);
  }
}

/** Whether another account is signed in than the one whose text it was. */
export const isOthers = (error: unknown): boolean => error instanceof ApiError && error.code === 'OTHER_ACCOUNT';

/** Whether it may succeed by itself later: there was no answer, or the server has too much to do. */
export function passes(error: unknown): boolean {
  return error instanceof OfflineError || (error instanceof ApiError && (error.status === 429 || error.status >= 500));
}

/** `Retry-After` in seconds (RFC 9110 section 10.2.3): a number, or a date, as some proxies say. */
function waitOf(field: string | null): number | null {
  if (field === null) return null;
  const seconds = /^\d+$/.test(field) ? Number(field) : Math.ceil((Date.parse(field) - Date.now()) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  /** Makes a POST safe to repeat: the server acts once for one key. */
  idempotencyKey?: string;
  /** Whose it is: refused with `OTHER_ACCOUNT` where another is signed in by then. */
  account?: number;
  signal?: AbortSignal;
  /** Whether it goes on when the page is left. Of what a member did it does, unless this says otherwise. */
  keepalive?: boolean;
}

type Language = () => string;
let language: Language = () => 'ko';
export function useLanguage(read: Language): void {
  language = read;
}

/** Keeps what was answered, for when nothing is. */
interface Keeper {
  keep(path: string, data: unknown): void;
  recall(path: string): Promise<{ data: unknown; at: number } | null>;
  /** Whether the server answered. */
  heard(answered: boolean): void;
}
let keeper: Keeper | null = null;
export function keepBy(by: Keeper): void {
  keeper = by;
}

const kept = new WeakMap<object, number>();
/** When what was read was said, where it stands for an answer that did not come; else nothing. */
export const keptAt = (read: object): number | undefined => kept.get(read);
/** What was made of something read is as old as that. */
export function asOld<T extends object>(made: T, read: object): T {
  const at = kept.get(read);
  if (at !== undefined) kept.set(made, at);
  return made;
}

const timeLimit = 15_000;

/** What src/app.html has asked while the page came, by its path: for who asks it first, while nothing was done. */
const early = (globalThis as { early?: Record<string, { limit: AbortController; answer: Promise<Response> }> }).early ?? {};

/** An answer read to its end, within the time limit. */
interface Answer {
  status: number;
  ok: boolean;
  text: string;
  wait: number | null;
  code?: string | null;
}

async function whole(answer: Response): Promise<Answer> {
  const wait = waitOf(answer.headers.get('Retry-After'));
  return { status: answer.status, ok: answer.ok, text: await answer.text(), wait, code: answer.headers.get('Failure-Code') };
}

/** Asks. `read` may say that the answer has begun well: then it may take longer. */
async function send<T extends Answer>(
  path: string,
  call: Call,
  read: (answer: Response, begun: () => void) => Promise<T>
): Promise<T> {
  const headers: Record<string, string> = { 'Accept-Language': language() };
  if (call.body !== undefined) headers['Content-Type'] = 'application/json';
  if (call.idempotencyKey) headers['Idempotency-Key'] = call.idempotencyKey;
  if (call.account !== undefined) headers['As-Account'] = String(call.account);
  const asked = early[path];
  const done = call.method !== undefined && path !== tokens;
  for (const each of done ? Object.keys(early) : [path]) delete early[each];
  const limit = asked?.limit ?? new AbortController();
  const timer = setTimeout(() => limit.abort(), timeLimit);
  const stop = () => limit.abort();
  if (call.signal?.aborted) stop();
  call.signal?.addEventListener('abort', stop);
  try {
    const answer = await (asked?.answer ?? fetch(path, {
      method: call.method ?? 'GET',
      headers,
      credentials: 'same-origin',
      // What a member did is done, also when they leave the page in the same moment.
      keepalive: call.keepalive ?? (call.method !== undefined && call.method !== 'GET'),
      signal: limit.signal,
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) })
    }));
    const whole = await read(answer, () => clearTimeout(timer));
    // A proxy's word that the server is away is none of the server.
    keeper?.heard(answer.status < 502 || answer.status > 504);
    return whole;
  } catch (cause) {
    if (call.signal?.aborted) throw cause;
    keeper?.heard(false);
    throw new OfflineError('no answer', { cause }, !limit.signal.aborted);
  } finally {
    clearTimeout(timer);
    call.signal?.removeEventListener('abort', stop);
  }
}

const tokens = '/api/token';
let renewal: Promise<boolean> | null = null;
let renewals = 0;
let signingIn: Promise<unknown> | null = null;

/** A new access token from the refresh cookie. One request however many wait for it; false when the session is over. */
export function renew(): Promise<boolean> {
  renewal ??= (signingIn?.catch(() => {}) ?? Promise.resolve())
    // Not beyond this page: the next one may be of a sign-in, whose cookies a late refusal would clear.
    .then(() => send(tokens, { method: 'POST', keepalive: false }, whole))
    .then((answer) => {
      if (answer.status === 401) return false;
      // Busy, or a proxy's word: the session may well go on.
      if (!answer.ok) parse(answer);
      renewals++;
      return true;
    })
    .finally(() => {
      renewal = null;
    });
  return renewal;
}

function parse<T>(answer: Answer): T {
  // Done, and nothing to be said.
  if (answer.status === 204) return undefined as T;
  let envelope: Envelope<T> | null = null;
  try {
    envelope = JSON.parse(answer.text) as Envelope<T>;
  } catch {
    // A proxy's own error page.
    if (answer.ok || answer.status >= 502) throw new OfflineError('not an answer of the server');
  }
  if (!answer.ok) throw new ApiError(answer.status, envelope?.message ?? '', answer.wait, answer.code);
  return envelope!.data;
}

/** An access token that has ended is renewed once, silently, and the call repeated. */
async function renewing<T extends Answer>(ask: () => Promise<T>): Promise<T> {
  const before = renewals;
  const answer = await ask();
  // Where another call has renewed since this one went out, its refusal is old news.
  return answer.status === 401 && (renewals !== before || (await renew())) ? ask() : answer;
}

/** Calls the API. Where there is no answer, and only then, what was answered last stands for it, if that was kept. */
export async function api<T>(path: string, call: Call = {}): Promise<T> {
  const reads = call.method === undefined;
  try {
    const data = parse<T>(await renewing(() => send(path, call, whole)));
    if (reads) keeper?.keep(path, data);
    return data;
  } catch (error) {
    const before = reads && error instanceof OfflineError ? await keeper?.recall(path).catch(() => null) : null;
    if (!before || call.signal?.aborted) throw error;
    kept.set(before.data as object, before.at);
    return before.data as T;
  }
}

export interface Download {
  name: string;
  content: Blob;
}

/** A file, however long it takes once it has begun. `progress` hears how many bytes are here. */
export async function download(path: string, signal: AbortSignal, progress: (bytes: number) => void): Promise<Download> {
  let file: Download | null = null;
  const answer = await renewing(() =>
    send(path, { signal }, async (answer, begun) => {
      if (!answer.ok || !answer.body) return whole(answer);
      begun();
      let bytes = 0;
      const count = new TransformStream<Uint8Array, Uint8Array>({
        transform(part, on) {
          progress((bytes += part.length));
          on.enqueue(part);
        }
      });
      const [, name = ''] = /filename="([^"]+)"/.exec(answer.headers.get('Content-Disposition') ?? '') ?? [];
      file = { name, content: await new Response(answer.body.pipeThrough(count)).blob() };
      return { status: answer.status, ok: true, text: '', wait: null };
    })
  );
  return file ?? parse<never>(answer);
}

/** Without renewal: for signing in and out. */
export async function apiOnce<T>(path: string, call: Call = {}): Promise<T> {
  return parse<T>(await send(path, call, whole));
}

/**
 * What sets new cookies. A renewal that is refused clears them, however late its answer comes: one that is under way is
 * waited for, and the next one waits for this.
 */
export function signIn<T>(path: string, call: Call = {}): Promise<T> {
  const before = renewal?.catch(() => {}) ?? Promise.resolve();
  const signing = before.then(() => apiOnce<T>(path, call)).finally(() => {
    if (signingIn === signing) signingIn = null;
  });
  signingIn = signing;
  return signing;
}
