// npm oauth4webapi against the server: strict about every answer, with no special case for us.
import assert from 'node:assert/strict';

import { exportJWK, importJWK } from 'jose';
import * as oauth from 'oauth4webapi';

const insecure = { [oauth.allowInsecureRequests]: true }; // plain http: the server is on loopback

async function discover(server) {
  const issuer = new URL(server.issuer);
  const response = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure });
  return oauth.processDiscoveryResponse(issuer, response);
}

const clientOf = (server, name) => ({ client_id: server.clients[name].id });

const secretOf = (server, name) => server.clients[name].secret;

async function keyOf(server, name) {
  const { jwk } = server.clients[name];
  return oauth.PrivateKeyJwt({ key: await importJWK(jwk, jwk.alg), kid: jwk.kid });
}

/** The library keeps the nonce that it was told; asking again is the application's. */
async function withNonce(attempt) {
  try {
    return await attempt();
  } catch (error) {
    if (!oauth.isDPoPNonceError(error)) throw error;
    return attempt();
  }
}

async function ask(server, as, name, authentication, parameters = {}, options = {}) {
  const client = clientOf(server, name);
  const answer = await withNonce(async () => {
    const response = await oauth.clientCredentialsGrantRequest(as, client, authentication, new URLSearchParams(parameters), {
      ...insecure,
      ...options
    });
    return oauth.processClientCredentialsResponse(as, client, response);
  });
  server.seen.push(answer.access_token);
  assert.equal(answer.expires_in, 300);
  return answer;
}

const validate = (server, as, token, headers = {}, options = {}) =>
  oauth.validateJwtAccessToken(
    as,
    new Request(server.resource, { method: 'POST', headers: { authorization: `Bearer ${token}`, ...headers } }),
    server.audience,
    { ...insecure, ...options }
  );

async function introspect(server, as, name, authentication, token) {
  const client = clientOf(server, name);
  const response = await oauth.introspectionRequest(as, client, authentication, token, insecure);
  return oauth.processIntrospectionResponse(as, client, response);
}

async function revoke(server, as, name, authentication, token) {
  const client = clientOf(server, name);
  const response = await oauth.revocationRequest(as, client, authentication, token, insecure);
  await oauth.processRevocationResponse(response);
}

const use = (server, token, options = {}) =>
  withNonce(() =>
    oauth.protectedResourceRequest(
      token,
      'POST',
      new URL(server.resource),
      new Headers({ 'content-type': 'application/json' }),
      JSON.stringify({ asset: 1000 }),
      { ...insecure, ...options }
    )
  );

async function wholeLife(server, name, authentication) {
  const as = await discover(server);
  const { access_token: token, token_type: type } = await ask(server, as, name, await authentication());
  assert.equal(type, 'bearer');
  assert.equal((await validate(server, as, token)).client_id, server.clients[name].id);
  assert.equal((await use(server, token)).status, 200);
  assert.equal((await introspect(server, as, name, await authentication(), token)).active, true);
  await revoke(server, as, name, await authentication(), token);
  assert.deepEqual(await introspect(server, as, name, await authentication(), token), { active: false });
}

export async function discovery(server) {
  const as = await discover(server);
  assert.equal(as.issuer, server.issuer);
  assert.deepEqual(as.grant_types_supported, ['client_credentials']);
  assert.deepEqual(as.response_types_supported, []);
  for (const method of ['client_secret_basic', 'client_secret_post', 'private_key_jwt']) {
    assert.ok(as.token_endpoint_auth_methods_supported.includes(method));
  }
}

export async function discovery_of_another_issuer_is_refused(server) {
  const response = await oauth.discoveryRequest(new URL(server.issuer), { algorithm: 'oauth2', ...insecure });
  await assert.rejects(oauth.processDiscoveryResponse(new URL('http://127.0.0.1:1'), response), {
    code: oauth.JSON_ATTRIBUTE_COMPARISON
  });
}

export const client_secret_basic = async (server) =>
  wholeLife(server, 'app', () => oauth.ClientSecretBasic(secretOf(server, 'app')));

export const client_secret_basic_with_characters_to_encode = async (server) =>
  wholeLife(server, 'odd', () => oauth.ClientSecretBasic(secretOf(server, 'odd')));

export const client_secret_post = async (server) =>
  wholeLife(server, 'app', () => oauth.ClientSecretPost(secretOf(server, 'app')));

export const client_secret_post_with_characters_to_encode = async (server) =>
  wholeLife(server, 'odd', () => oauth.ClientSecretPost(secretOf(server, 'odd')));

export const private_key_jwt_es256 = async (server) => wholeLife(server, 'es256', () => keyOf(server, 'es256'));

export const private_key_jwt_rs256 = async (server) => wholeLife(server, 'rs256', () => keyOf(server, 'rs256'));

/** What the library makes of a refusal: `error` and `error_description`, from the challenge or from the body. */
async function refusal(attempt) {
  try {
    await attempt();
  } catch (error) {
    if (error instanceof oauth.WWWAuthenticateChallengeError) {
      return { status: error.status, scheme: error.cause[0].scheme, ...error.cause[0].parameters };
    }
    assert.ok(error instanceof oauth.ResponseBodyError, error);
    return { status: error.status, error: error.error, error_description: error.error_description };
  }
  return assert.fail('it was taken');
}

export async function a_wrong_secret_is_an_oauth_error(server) {
  const as = await discover(server);
  const attempts = [
    (authentication) => ask(server, as, 'neighbour', authentication),
    (authentication) => introspect(server, as, 'inspector', authentication, 'x'), // so few failures of each are free
    (authentication) => revoke(server, as, 'odd', authentication, 'x')
  ];
  for (const attempt of attempts) {
    const posted = await refusal(() => attempt(oauth.ClientSecretPost('wrong')));
    assert.deepEqual([posted.status, posted.error], [400, 'invalid_client']);
    assert.match(posted.error_description, /credentials/);
    const basic = await refusal(() => attempt(oauth.ClientSecretBasic('wrong')));
    assert.deepEqual([basic.status, basic.scheme, basic.error], [401, 'basic', 'invalid_client']);
    assert.equal(basic.error_description, posted.error_description);
  }
}

export async function what_is_wrong_with_an_assertion_is_told(server) {
  const as = await discover(server);
  const { jwk } = server.clients.es256;
  const key = await importJWK(jwk, jwk.alg);
  const told = async (change, kid = jwk.kid) => {
    const authentication = oauth.PrivateKeyJwt({ key, kid }, { [oauth.modifyAssertion]: (_, claims) => change(claims) });
    const found = await refusal(() => ask(server, as, 'es256', authentication));
    assert.deepEqual([found.status, found.error], [400, 'invalid_client']);
    return found.error_description;
  };
  assert.match(await told(() => {}, 'another'), /no key with this kid/);
  assert.match(await told((claims) => (claims.exp = 1)), /exp was \d+ s ago/);
  assert.match(await told((claims) => (claims.aud = 'https://else.example')), /aud/);
  assert.match(await told((claims) => delete claims.jti), /jti/);
  assert.match(await told((claims) => (claims.iat += 1000)), /iat/);
}

export async function scope(server) {
  const as = await discover(server);
  const authentication = oauth.ClientSecretBasic(secretOf(server, 'app'));
  const answer = await ask(server, as, 'app', authentication, { scope: 'job:run' });
  assert.equal(answer.scope, 'job:run');
  assert.equal((await validate(server, as, answer.access_token)).scope, 'job:run');
  await assert.rejects(use(server, answer.access_token), ({ status, cause: [challenge] }) => {
    assert.deepEqual(challenge, { scheme: 'bearer', parameters: { error: 'insufficient_scope', scope: 'asset:update' } });
    return status === 403;
  });
  await assert.rejects(ask(server, as, 'app', authentication, { scope: 'token:introspect' }), {
    error: 'invalid_scope',
    status: 400
  });
}

export async function resource(server) {
  const as = await discover(server);
  const authentication = oauth.ClientSecretBasic(secretOf(server, 'app'));
  const { access_token: token } = await ask(server, as, 'app', authentication, { resource: server.otherAudience });
  await assert.rejects(validate(server, as, token), { code: oauth.JWT_CLAIM_COMPARISON });
  const claims = await validate({ ...server, audience: server.otherAudience }, as, token);
  assert.equal(claims.aud, server.otherAudience);
  await assert.rejects(ask(server, as, 'app', authentication, { resource: 'https://not.yours.example' }), {
    error: 'invalid_target',
    status: 400
  });
}

export async function introspection_of_ones_own_and_of_all(server) {
  const as = await discover(server);
  const own = oauth.ClientSecretBasic(secretOf(server, 'app'));
  const { access_token: token } = await ask(server, as, 'app', own, { scope: 'asset:update' });
  const found = await introspect(server, as, 'app', own, token);
  assert.deepEqual(
    { scope: found.scope, client_id: found.client_id, sub: found.sub, aud: found.aud, iss: found.iss },
    { scope: 'asset:update', client_id: 'app', sub: 'app', aud: server.audience, iss: server.issuer }
  );
  assert.equal(found.token_type, 'Bearer');
  assert.equal(found.exp - found.iat, 300);
  const neighbour = oauth.ClientSecretPost(secretOf(server, 'neighbour'));
  assert.deepEqual(await introspect(server, as, 'neighbour', neighbour, token), { active: false });
  const inspector = oauth.ClientSecretBasic(secretOf(server, 'inspector'));
  assert.equal((await introspect(server, as, 'inspector', inspector, token)).client_id, 'app');
}

export async function revocation_of_anothers_token_is_refused(server) {
  const as = await discover(server);
  const { access_token: token } = await ask(server, as, 'app', oauth.ClientSecretBasic(secretOf(server, 'app')));
  await assert.rejects(revoke(server, as, 'neighbour', oauth.ClientSecretPost(secretOf(server, 'neighbour')), token), {
    error: 'unauthorized_client',
    status: 400
  });
  assert.equal((await introspect(server, as, 'app', oauth.ClientSecretBasic(secretOf(server, 'app')), token)).active, true);
}

async function provePossession(server, alg) {
  const as = await discover(server);
  const keys = await oauth.generateKeyPair(alg);
  const handle = oauth.DPoP(clientOf(server, 'bound'), keys);
  const authentication = oauth.ClientSecretBasic(secretOf(server, 'bound'));
  const { access_token: token, token_type: type } = await ask(server, as, 'bound', authentication, {}, { DPoP: handle });
  assert.equal(type, 'dpop');
  for (let time = 0; time < 2; time += 1) {
    assert.equal((await use(server, token, { DPoP: handle })).status, 200); // a new proof each time
  }
  const found = await introspect(server, as, 'bound', authentication, token);
  assert.equal(found.token_type, 'DPoP');
  assert.equal(found.cnf.jkt, await handle.calculateThumbprint());
  await assert.rejects(use(server, token), (error) => error.code === oauth.WWW_AUTHENTICATE_CHALLENGE); // as a bearer token
  const other = oauth.DPoP(clientOf(server, 'bound'), await oauth.generateKeyPair(alg));
  await assert.rejects(use(server, token, { DPoP: other }), (error) =>
    error.cause.some((challenge) => challenge.scheme === 'dpop' && challenge.parameters.error === 'invalid_token')
  );
}

export const dpop_es256 = (server) => provePossession(server, 'ES256');

export const dpop_rs256 = (server) => provePossession(server, 'RS256');

export async function dpop_is_asked_of_a_client_registered_for_it(server) {
  const as = await discover(server);
  await assert.rejects(ask(server, as, 'bound', oauth.ClientSecretBasic(secretOf(server, 'bound'))), {
    error: 'invalid_dpop_proof',
    status: 400
  });
}

export async function dpop_with_private_key_jwt(server) {
  const as = await discover(server);
  const handle = oauth.DPoP(clientOf(server, 'es256'), await oauth.generateKeyPair('ES256'));
  const answer = await ask(server, as, 'es256', await keyOf(server, 'es256'), {}, { DPoP: handle });
  assert.equal(answer.token_type, 'dpop');
  assert.equal((await use(server, answer.access_token, { DPoP: handle })).status, 200);
}

export async function validated_as_rfc_9068_says(server) {
  const as = await discover(server);
  const authentication = oauth.ClientSecretBasic(secretOf(server, 'app'));
  const { access_token: token } = await ask(server, as, 'app', authentication);
  const claims = await validate(server, as, token);
  assert.equal(claims.iss, server.issuer);
  assert.equal(claims.sub, 'app');
  assert.ok(claims.jti);
  await assert.rejects(validate(server, as, token, {}, { requireDPoP: true }));
  await assert.rejects(validate({ ...server, audience: 'urn:else' }, as, token), { code: oauth.JWT_CLAIM_COMPARISON });
  await assert.rejects(validate(server, as, token.slice(0, -6) + 'AAAAAA'));
}

export async function a_bound_token_validated_with_its_proof(server) {
  const as = await discover(server);
  const keys = await oauth.generateKeyPair('ES256', { extractable: true });
  const handle = oauth.DPoP(clientOf(server, 'bound'), keys);
  const authentication = oauth.ClientSecretBasic(secretOf(server, 'bound'));
  const { access_token: token } = await ask(server, as, 'bound', authentication, {}, { DPoP: handle });
  let headers;
  await use(server, token, {
    DPoP: handle,
    [oauth.customFetch]: (url, options) => {
      headers = options.headers;
      return fetch(url, options);
    }
  });
  const fields = { authorization: `DPoP ${token}`, dpop: headers.dpop };
  const claims = await validate(server, as, token, fields, { requireDPoP: true });
  assert.equal(claims.cnf.jkt, await handle.calculateThumbprint());
  assert.equal((await exportJWK(keys.publicKey)).kty, 'EC');
  await assert.rejects(validate(server, as, token)); // as a bearer token
}
