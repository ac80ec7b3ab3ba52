"""The auth node and the extension node, and clients that speak OAuth 2.0 to them."""

import base64
import json
from urllib.parse import quote_plus, urlencode

from harness.keys import KeyPair, client_assertion, dpop_proof
from harness.node import run_cli
from harness.secrets import known_secrets
from harness.waiting import eventually
from harness.wire import call, next_address

TOKEN, REVOKE, INTROSPECT = (f"/msa/auth/api/{name}" for name in ("token", "revoke", "introspect"))
METADATA = "/.well-known/oauth-authorization-server"
JWKS = "/msa/auth/api/jwks.json"
FORM = "application/x-www-form-urlencoded"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
AUDIENCE = "urn:dontgoback"
UPDATE = "/msa/ext/api/update-asset/7"


def basic(client_id, secret):
    """RFC 6749 section 2.3.1: each half form-encoded, then Base64."""
    pair = f"{quote_plus(client_id)}:{quote_plus(secret)}"
    return {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}


def expect_oauth_error(answer, status, error):
    """RFC 6749 section 5.2."""
    assert (answer.status, answer.json().get("error")) == (status, error), answer
    assert answer.header("Content-Type").startswith("application/json"), answer.headers.items()
    assert answer.header("Cache-Control") == "no-store", answer.headers.items()
    description = answer.json().get("error_description", "")
    assert all(" " <= c <= "~" and c not in '"\\' for c in description), description
    return answer


class Client:
    """A registered client, from a loopback address of its own. `key` instead of `secret`: private_key_jwt."""

    def __init__(self, world, client_id, secret=None, key=None):
        self.world = world
        self.id = client_id
        self.secret = known_secrets.add("client secret", secret)
        self.key = key
        self.source = next_address()

    def credentials(self):
        """(form fields, header fields) by which it authenticates, fresh for one request."""
        if self.key is None:
            return {}, basic(self.id, self.secret)
        return {"client_assertion_type": ASSERTION_TYPE, "client_assertion": self.assertion()}, {}

    def assertion(self, **changes):
        return client_assertion(self.key, self.id, changes.pop("audience", self.world.issuer), **changes)

    def post(self, path, fields, headers=None, source=None):
        mine, header = self.credentials()
        return self.world.post(path, {**mine, **fields}, {**header, **(headers or {})}, source or self.source)

    def ask(self, headers=None, source=None, **fields):
        return self.post(TOKEN, {"grant_type": "client_credentials", **fields}, headers, source)

    def answer(self, **fields):
        """The token endpoint's answer to a good request, as JSON."""
        answer = self.ask(**fields)
        assert answer.status == 200, answer
        known_secrets.add("token", answer.json()["access_token"])
        return answer.json()

    def token(self, **fields):
        return self.answer(**fields)["access_token"]

    def bound_token(self, proof_key, **fields):
        answer = self.answer(headers={"DPoP": self.world.token_proof(proof_key)}, **fields)
        assert answer["token_type"] == "DPoP", answer
        return answer["access_token"]

    def introspect(self, token, **fields):
        answer = self.post(INTROSPECT, {"token": token, **fields})
        assert answer.status == 200, answer
        return answer.json()

    def is_active(self, token):
        return self.introspect(token)["active"]

    def revoke(self, token, **fields):
        return self.post(REVOKE, {"token": token, **fields})


class World:
    """`topology`: prepared and not started. Clients that are added before the start are there at once."""

    def __init__(self, topology, *auth_options, interval=1):
        self.topology = topology
        self.auth, self.extension = topology.auth, topology.extension
        self.auth.options += auth_options
        self._nonces = {}
        if topology.split:
            self.extension.options.append(f"--deny-list-interval={interval}")
        code, _, err = self.run("db", "migrate")  # commands work on a database that is there
        assert code == 0, err

    def start(self):
        for node in dict.fromkeys((self.auth, self.extension)):
            self.topology.start_node(node)
        self.topology.settle()
        return self

    def restart(self, node):
        """After kill -9; usable when this returns."""
        node.kill()
        node.start()
        self.topology.settle()

    @property
    def issuer(self):
        return self.auth.url

    @property
    def first_release_key(self):
        """The key file of the first release, which the first start takes over: so a test knows the signing key."""
        return self.auth.data_dir / "auth-signing-key.pem"

    # The operator.

    def run(self, *command):
        """Any command on the auth node's data: (exit code, stdout, stderr)."""
        return run_cli(self.topology.binary, *command, f"--data-dir={self.auth.data_dir}", *self.auth.options)

    def operate(self, *command):
        code, out, err = self.run(*command, "--json")
        assert code == 0, (command, code, out, err)
        return json.loads(out)

    def add_client(self, client_id, *options, key=None):
        """A client by `clients add`, usable when this returns."""
        if key is not None:
            file = self.topology.folder / f"{client_id.encode().hex()}.jwks"
            file.write_text(json.dumps({"keys": [key.public_jwk()]}))
            options = (*options, f"--jwks-file={file}")
        added = self.operate("clients", "add", client_id, *options)
        assert added["clientId"] == client_id
        client = Client(self, client_id, added.get("clientSecret"), key)
        assert (client.secret is None) == (key is not None), added
        if self.auth.running():
            # Another address each time: what fails until the server has seen the client is not counted against it.
            eventually(lambda: self._knows(client), f"{client_id} may ask", step=0.1)
        return client

    def configured_client(self, client_id, secret):
        """A client by `--auth-client`; before the start."""
        file = self.topology.folder / f"{client_id.encode().hex()}.secret"
        known_secrets.make_file(file, secret)
        self.auth.options.append(f"--auth-client={client_id}={file}")
        return Client(self, client_id, secret)

    def sql(self, statement):
        """On the auth node's database: only to let time pass or to look. On MariaDB all roles share core's."""
        return self.topology.sql(statement, self.auth)

    def let_take_up(self):
        """Tells the auth server that its rows were changed, as commands do."""
        self.sql("UPDATE auth_state SET version = version + 1")

    # The wire.

    def post(self, path, fields, headers=None, source=None):
        body = fields if isinstance(fields, (str, bytes)) else urlencode(fields)
        return call(self.auth.address, "POST", path, body, {"Content-Type": FORM, **(headers or {})}, source=source)

    def get(self, path, headers=None):
        return call(self.auth.address, "GET", path, headers=headers)

    def signing_kid(self):
        (found,) = [key["kid"] for key in self.operate("keys", "list") if key["state"] == "signing"]
        return found

    def use(self, token, scheme="Bearer", headers=None, path=UPDATE):
        """The protected resource."""
        fields = {"Authorization": f"{scheme} {token}", **(headers or {})}
        return call(self.extension.address, "POST", path, {"asset": 1000}, fields)

    def use_bound(self, token, key, **changes):
        return self.use(token, "DPoP", {"DPoP": self.use_proof(key, token, **changes)})

    # DPoP proofs with the nonce, which is needed soon after a start.

    def token_proof(self, key, **changes):
        """A proof for the token endpoint."""
        if "nonce" not in changes:
            changes["nonce"] = self.nonce(
                self.auth, lambda: self.app.ask(headers={"DPoP": self.token_proof(key, nonce="another")}))
        return dpop_proof(key, "POST", self.issuer + TOKEN, **changes)

    def use_proof(self, key, token, **changes):
        """A proof for the protected resource."""
        if "nonce" not in changes:
            changes["nonce"] = self.nonce(self.extension, lambda: self.use_bound(token, key, nonce="another"))
        return dpop_proof(key, "POST", self.extension.url + UPDATE, token, **changes)

    def nonce(self, node, ask):
        """Of the process that runs now, which whoever asks with a wrong one is told (RFC 9449 sections 8 and 9)."""
        process = (node, node.pid)
        if process not in self._nonces and (told := ask().header("DPoP-Nonce")):
            self._nonces[process] = told
        return self._nonces.get(process)

    def _knows(self, client):
        fields, headers = client.credentials()
        answer = self.post(REVOKE, {**fields, "token": "x"}, headers, source=next_address())
        assert answer.status in (200, 400, 401), answer
        return answer.status == 200


__all__ = ["ASSERTION_TYPE", "AUDIENCE", "Client", "FORM", "INTROSPECT", "JWKS", "KeyPair", "METADATA", "REVOKE",
           "TOKEN", "UPDATE", "World", "basic", "expect_oauth_error"]
