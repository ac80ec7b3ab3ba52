import { api, apiOnce, signIn } from './api/client';
import { ApiError } from './api/client';
import type { NewPasskey, Passkey, PasskeyAnswer, PasskeyMaking, PasskeyUsing } from './api/types';
import { bytesOf, textOf } from './base64url';

// Web Authentication Level 2. Browsers read and write the options as JSON themselves only since a while ago.

/** Why no passkey was made or used: who asked knows of it, or their device cannot. */
export class PasskeyError extends Error {
  constructor(readonly why: 'cancelled' | 'unsupported' | 'known') {
    super(why);
  }
}

/** Whether this browser has passkeys, here: without https it has none. */
export const havePasskeys = (): boolean => 'PublicKeyCredential' in globalThis;

async function ask<T extends AuthenticatorResponse>(asked: () => Promise<Credential | null>): Promise<[string, T]> {
  if (!havePasskeys()) throw new PasskeyError('unsupported');
  try {
    const made = (await asked()) as PublicKeyCredential | null;
    if (!made) throw new PasskeyError('cancelled');
    return [textOf(made.rawId), made.response as T];
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    // Cancelled and too late are one, so that nobody learns which passkeys there are.
    if (error.name === 'NotAllowedError' || error.name === 'AbortError') throw new PasskeyError('cancelled');
    throw new PasskeyError(error.name === 'InvalidStateError' ? 'known' : 'unsupported');
  }
}

const path = '/api/v1/users/me/passkeys';

export const passkeys = {
  list: async (): Promise<Passkey[]> => (await api<{ passkeys: Passkey[] }>(path)).passkeys,

  async add(): Promise<void> {
    if (!havePasskeys()) throw new PasskeyError('unsupported');
    const options = await api<PasskeyMaking>(`${path}/options`, { method: 'POST' });
    const publicKey: PublicKeyCredentialCreationOptions = {
      ...options,
      challenge: bytesOf(options.challenge),
      user: { ...options.user, id: bytesOf(options.user.id) },
      excludeCredentials: options.excludeCredentials.map((each) => ({ ...each, id: bytesOf(each.id) }))
    };
    const [, made] = await ask<AuthenticatorAttestationResponse>(() => navigator.credentials.create({ publicKey }));
    const response = { clientDataJSON: textOf(made.clientDataJSON), attestationObject: textOf(made.attestationObject) };
    await api<Passkey>(path, { method: 'POST', body: { response } satisfies NewPasskey });
  },

  /** What is gone already is as good as removed now. */
  async remove(id: number): Promise<void> {
    await api<unknown>(`${path}/${id}`, { method: 'DELETE' }).catch((error: unknown) => {
      if (!(error instanceof ApiError && error.status === 404)) throw error;
    });
  },

  /** Answers where the server leads on to. */
  async signIn(keepPosts: boolean): Promise<string> {
    if (!havePasskeys()) throw new PasskeyError('unsupported');
    const options = await apiOnce<PasskeyUsing>('/api/v1/sign-in/passkey/options', { method: 'POST' });
    const publicKey: PublicKeyCredentialRequestOptions = { ...options, challenge: bytesOf(options.challenge) };
    const [id, made] = await ask<AuthenticatorAssertionResponse>(() => navigator.credentials.get({ publicKey }));
    const response = {
      clientDataJSON: textOf(made.clientDataJSON),
      authenticatorData: textOf(made.authenticatorData),
      signature: textOf(made.signature),
      userHandle: made.userHandle && textOf(made.userHandle)
    };
    const body = { id, response, keepPosts } satisfies PasskeyAnswer;
    return (await signIn<{ location: string }>('/api/v1/sign-in/passkey', { method: 'POST', body })).location;
  }
};
