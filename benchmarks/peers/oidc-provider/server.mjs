// npm oidc-provider as a peer: client_credentials, JWT access tokens signed RS256, its own in-memory adapter.
//   node server.mjs PORT CLIENT_ID CLIENT_SECRET
import { generateKeyPairSync, randomBytes } from 'node:crypto';

import Provider from 'oidc-provider';

const [port, client_id, client_secret] = process.argv.slice(2);
const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
const resource = 'urn:benchmark';

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id,
      client_secret,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      token_endpoint_auth_method: 'client_secret_basic',
      scope: 'asset:update'
    }
  ],
  jwks: { keys: [{ ...key, use: 'sig', alg: 'RS256', kid: 'benchmark' }] },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  scopes: ['asset:update'],
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => resource,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: 'asset:update',
        audience: resource,
        accessTokenTTL: 300,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'RS256' } }
      })
    }
  }
});
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
