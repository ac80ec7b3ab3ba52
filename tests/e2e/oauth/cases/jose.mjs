// npm jose: the token verified as any resource server would, with nothing but the key set.
import assert from 'node:assert/strict';

import * as jose from 'jose';

async function token(server, parameters = {}) {
  const { id, secret } = server.clients.app;
  const response = await fetch(`${server.issuer}/msa/auth/api/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret, ...parameters })
  });
  assert.equal(response.status, 200);
  const { access_token: text } = await response.json();
  server.seen.push(text);
  return text;
}

const keySet = (server) => jose.createRemoteJWKSet(new URL(`${server.issuer}/msa/auth/api/jwks.json`));

const expected = (server) => ({ typ: 'at+jwt', issuer: server.issuer, audience: server.audience, clockTolerance: 0 });

export async function verified_with_the_key_set(server) {
  const text = await token(server);
  const { payload, protectedHeader } = await jose.jwtVerify(text, keySet(server), {
    ...expected(server),
    algorithms: [server.algorithm],
    requiredClaims: ['iss', 'sub', 'aud', 'exp', 'iat', 'jti', 'client_id', 'scope']
  });
  assert.equal(protectedHeader.alg, server.algorithm);
  assert.equal(payload.sub, 'app');
  assert.equal(payload.client_id, 'app');
  assert.equal(payload.exp - payload.iat, 300);
  assert.ok(text.length < 1024);
}

export async function not_taken_for_what_it_is_not(server) {
  const text = await token(server);
  const keys = keySet(server);
  for (const other of [
    { typ: 'JWT' },
    { issuer: 'http://127.0.0.1:1' },
    { audience: 'urn:other' },
    { algorithms: ['PS256', 'ES512'] },
    { currentDate: new Date(Date.now() + 301_000) },
    { maxTokenAge: 0, currentDate: new Date(Date.now() + 5_000) }
  ]) {
    await assert.rejects(jose.jwtVerify(text, keys, { ...expected(server), ...other }), JSON.stringify(other));
  }
  await jose.jwtVerify(text, keys, expected(server));
}

export async function changed_anywhere_it_is_refused(server) {
  const text = await token(server);
  const keys = keySet(server);
  const [header, payload, signature] = text.split('.');
  const claims = jose.base64url.encode(JSON.stringify({ ...jose.decodeJwt(text), scope: 'token:introspect' }));
  const none = jose.base64url.encode(JSON.stringify({ ...jose.decodeProtectedHeader(text), alg: 'none' }));
  for (const forged of [`${header}.${claims}.${signature}`, `${none}.${payload}.`, `${none}.${payload}.${signature}`]) {
    await assert.rejects(jose.jwtVerify(forged, keys, expected(server)));
  }
}

export async function every_published_key_can_be_imported(server) {
  const { keys } = await (await fetch(`${server.issuer}/msa/auth/api/jwks.json`)).json();
  assert.ok(keys.length > 0);
  for (const jwk of keys) {
    assert.equal((await jose.importJWK(jwk, jwk.alg)).type, 'public');
    assert.equal(jwk.kid, await jose.calculateJwkThumbprint(jwk)); // RFC 7638: names that cannot collide
  }
}
