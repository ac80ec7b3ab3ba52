// A provider that says at once who somebody is: whoever `subject` names (OpenID Connect Core 1.0 section 3.1).
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

export class Provider {
  #key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  #codes = new Map();
  #server;
  /** Who goes there next; nothing: they cancel. */
  subject = null;
  client = 'web.flows.test';

  async start() {
    this.#server = createServer((asked, answer) => this.#answer(asked, answer));
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${this.#server.address().port}`;
  }
  /** What the program is served with. */
  options(secretFile) {
    return [
      `--sign-in-provider=office=${this.url}`,
      `--sign-in-client=office=${this.client}`,
      `--sign-in-secret-file=office=${secretFile}`,
      '--sign-in-name=office=Office'
    ];
  }
  async stop() {
    this.#server.closeAllConnections?.();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(asked, answer) {
    const { pathname, searchParams } = new URL(asked.url, this.url);
    const json = (value, status = 200) => answer.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
    if (pathname === '/.well-known/openid-configuration') {
      return json({
        issuer: this.url,
        jwks_uri: `${this.url}/keys`,
        authorization_endpoint: `${this.url}/auth`,
        token_endpoint: `${this.url}/token`,
        token_endpoint_auth_methods_supported: ['client_secret_post']
      });
    }
    if (pathname === '/keys') {
      return json({ keys: [{ ...this.#key.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'ES256', use: 'sig' }] });
    }
    if (pathname === '/auth') return this.#agree(searchParams, answer);
    let form = '';
    asked.on('data', (more) => (form += more));
    asked.on('end', () => {
      const code = new URLSearchParams(form).get('code');
      const token = this.#codes.get(code);
      this.#codes.delete(code);
      return token ? json({ id_token: token, access_token: 'x' }) : json({ error: 'invalid_grant' }, 400);
    });
  }

  #agree(asked, answer) {
    const back = new URL(asked.get('redirect_uri'));
    back.searchParams.set('state', asked.get('state'));
    if (this.subject === null) back.searchParams.set('error', 'access_denied');
    else {
      const now = Math.floor(Date.now() / 1000);
      const code = `code-${this.#codes.size}-${now}-${Math.random()}`;
      const claims = { iss: this.url, sub: this.subject, aud: this.client, iat: now, exp: now + 300, nonce: asked.get('nonce') };
      const text = `${part({ alg: 'ES256', kid: 'one' })}.${part(claims)}`;
      const key = createPrivateKey(this.#key.privateKey.export({ format: 'pem', type: 'pkcs8' }));
      this.#codes.set(code, `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`);
      back.searchParams.set('code', code);
    }
    answer.writeHead(302, { Location: String(back) }).end();
  }
}
