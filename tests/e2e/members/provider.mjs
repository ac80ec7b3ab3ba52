// An OpenID Provider by others' code (npm's oidc-provider), made to be like one that people sign in with. Its settings are the
// argument, JSON; it says where it is on a line of JSON, and takes who signs in next, or that they will not, as lines of JSON. Each
// token that it revokes is a line, too.
import { createInterface } from 'node:readline';
import { createServer } from 'node:http';
import * as jose from 'jose';
import Provider from 'oidc-provider';

const settings = JSON.parse(process.argv[2]);
let next = { account: 'nobody' };

const server = createServer();
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [{
    client_id: settings.client,
    client_secret: settings.secret ?? 'replaced by a signed one',
    redirect_uris: [settings.redirect],
    token_endpoint_auth_method: settings.method,
    grant_types: ['authorization_code', 'refresh_token'],
    id_token_signed_response_alg: settings.algorithm ?? 'RS256',
  }],
  clientAuthMethods: [settings.method],
  jwks: { keys: [
    { ...await newKey('RS256'), kid: 'rsa' },
    { ...await newKey('ES256'), kid: 'ec' },
  ] },
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  scopes: ['openid', 'email', 'name'],
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false }, revocation: { enabled: true } },
  issueRefreshToken: () => true,  // as Apple does, whatever is asked
  cookies: { keys: ['a key of a test'] },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...next.claims }) }),
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope(ctx.oidc.params.scope);
    await grant.save();
    return grant;
  },
});

if (settings.signer) {
  // Apple's way: the secret is a token that the client's key signs.
  const key = await jose.importJWK(settings.signer.jwk, 'ES256');
  provider.Client.prototype.compareClientSecret = async (secret) => {
    const { payload, protectedHeader } = await jose.jwtVerify(secret, key, {
      algorithms: ['ES256'], issuer: settings.signer.team, subject: settings.client, audience: issuer,
    });
    return protectedHeader.kid === settings.signer.keyId && payload.exp - payload.iat <= 180 * 24 * 3600;
  };
}

provider.on('refresh_token.destroyed', () => console.log('revoked'));

provider.use(async (ctx, go) => {
  if (!ctx.path.startsWith('/interaction/')) return go();
  const result = next.error
    ? { error: next.error, error_description: 'as the test wants it' }
    : { login: { accountId: next.account } };
  await provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: false });
  ctx.respond = false;
});
server.on('request', provider.callback());

createInterface({ input: process.stdin }).on('line', (line) => {
  next = JSON.parse(line);
  console.log('{}');
}).on('close', () => process.exit(0));
console.log(JSON.stringify({ issuer }));

async function newKey(algorithm) {
  const { privateKey } = await jose.generateKeyPair(algorithm, { extractable: true });
  return { ...await jose.exportJWK(privateKey), alg: algorithm, use: 'sig' };
}
