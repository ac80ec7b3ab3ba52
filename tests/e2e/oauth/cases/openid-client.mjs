// npm openid-client against the server: what an application would use.
import assert from 'node:assert/strict';

import { importJWK } from 'jose';
import * as openid from 'openid-client';

async function authenticationOf(server, name, method) {
  const { secret, jwk } = server.clients[name];
  if (method === 'basic') return openid.ClientSecretBasic(secret);
  if (method === 'post') return openid.ClientSecretPost(secret);
  return openid.PrivateKeyJwt({ key: await importJWK(jwk, jwk.alg), kid: jwk.kid });
}

const configure = async (server, name, method) =>
  openid.discovery(
    new URL(server.issuer),
    server.clients[name].id,
    undefined,
    await authenticationOf(server, name, method),
    { algorithm: 'oauth2', execute: [openid.allowInsecureRequests] }
  );

async function ask(server, config, parameters, options) {
  const answer = await openid.clientCredentialsGrant(config, parameters, options);
  server.seen.push(answer.access_token);
  return answer;
}

const use = (server, config, token, options) =>
  openid.fetchProtectedResource(
    config,
    token,
    new URL(server.resource),
    'POST',
    JSON.stringify({ asset: 1000 }),
    new Headers({ 'content-type': 'application/json' }),
    options
  );

async function wholeLife(server, name, method) {
  const config = await configure(server, name, method);
  const answer = await ask(server, config, { scope: 'asset:update' });
  assert.equal(answer.token_type, 'bearer');
  assert.equal(answer.scope, 'asset:update');
  assert.ok(answer.expiresIn() > 0 && answer.expiresIn() <= 300);
  assert.equal((await use(server, config, answer.access_token)).status, 200);
  const found = await openid.tokenIntrospection(config, answer.access_token, { token_type_hint: 'access_token' });
  assert.equal(found.active, true);
  assert.equal(found.client_id, server.clients[name].id);
  await openid.tokenRevocation(config, answer.access_token, { token_type_hint: 'access_token' });
  assert.equal((await openid.tokenIntrospection(config, answer.access_token)).active, false);
}

export async function discovery(server) {
  const config = await configure(server, 'app', 'basic');
  const metadata = config.serverMetadata();
  assert.equal(metadata.issuer, server.issuer);
  assert.ok(metadata.revocation_endpoint && metadata.introspection_endpoint && metadata.jwks_uri);
}

export const client_secret_basic = (server) => wholeLife(server, 'app', 'basic');
export const client_secret_basic_with_characters_to_encode = (server) => wholeLife(server, 'odd', 'basic');
export const client_secret_post = (server) => wholeLife(server, 'app', 'post');
export const client_secret_post_with_characters_to_encode = (server) => wholeLife(server, 'odd', 'post');
export const private_key_jwt_es256 = (server) => wholeLife(server, 'es256', 'key');
export const private_key_jwt_rs256 = (server) => wholeLife(server, 'rs256', 'key');

export async function resource(server) {
  const config = await configure(server, 'app', 'basic');
  const { access_token: token } = await ask(server, config, { resource: server.otherAudience });
  assert.equal((await openid.tokenIntrospection(config, token)).aud, server.otherAudience);
  await assert.rejects(ask(server, config, { resource: 'https://not.yours.example' }), { error: 'invalid_target' });
}

export async function errors_are_told_as_the_standard_says(server) {
  const config = await configure(server, 'app', 'post');
  await assert.rejects(ask(server, config, { scope: 'token:introspect' }), { error: 'invalid_scope', status: 400 });
  for (const [method, status] of [
    ['post', 400],
    ['basic', 401]
  ]) {
    const wrong = method === 'post' ? openid.ClientSecretPost('wrong') : openid.ClientSecretBasic('wrong');
    const strangers = await Promise.all(
      ['nobody', 'no-one', 'none'].map((id) =>
        openid.discovery(new URL(server.issuer), `${id}-by-${method}`, undefined, wrong, {
          algorithm: 'oauth2',
          execute: [openid.allowInsecureRequests]
        })
      )
    );
    for (const attempt of [
      () => ask(server, strangers[0], {}),
      () => openid.tokenIntrospection(strangers[1], 'x'),
      () => openid.tokenRevocation(strangers[2], 'x')
    ]) {
      await assert.rejects(attempt(), (error) => {
        const told = error instanceof openid.ResponseBodyError ? error : error.cause[0].parameters;
        assert.equal(told.error, 'invalid_client');
        assert.match(told.error_description, /credentials are wrong/);
        return error.status === status;
      });
    }
  }
}

export async function dpop_handle(server) {
  const config = await configure(server, 'bound', 'basic');
  const DPoP = openid.getDPoPHandle(config, await openid.randomDPoPKeyPair('ES256'));
  const answer = await ask(server, config, { scope: 'asset:update' }, { DPoP });
  assert.equal(answer.token_type, 'dpop');
  for (let time = 0; time < 2; time += 1) {
    assert.equal((await use(server, config, answer.access_token, { DPoP })).status, 200);
  }
  const found = await openid.tokenIntrospection(config, answer.access_token);
  assert.equal(found.cnf.jkt, await DPoP.calculateThumbprint());
  await openid.tokenRevocation(config, answer.access_token);
  assert.equal((await openid.tokenIntrospection(config, answer.access_token)).active, false);
}
