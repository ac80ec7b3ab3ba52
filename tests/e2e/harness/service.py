"""Another server of the service: signs in with its client id and secret, calls with a bearer token."""

from harness.secrets import known_secrets
from harness.wire import call


class Service:
    def __init__(self, auth, client_id, secret):
        self._auth = auth
        self.client_id = client_id
        self.secret = secret

    def ask_for_token(self, **changes):
        body = {"clientId": self.client_id, "clientSecret": self.secret, **changes}
        return call(self._auth.address, "POST", "/msa/auth/api/token",
                    {name: value for name, value in body.items() if value is not None})

    def token(self):
        answer = self.ask_for_token()
        assert answer.status == 200, answer
        return known_secrets.add("token", answer.body.decode())

    def send(self, node, method, target, body=None, headers=None, token=None, source=None):
        fields = {"Authorization": f"Bearer {token or self.token()}", **(headers or {})}
        return call(node.address, method, target, body, fields, source=source, timeout=60)

    def refresh_assets(self, core, day=None, **options):
        body = {} if day is None else {"snapshotDay": day.isoformat()}
        return self.send(core, "POST", "/msa/core/api/jobs/asset-refresh", body, **options)

    def update_asset(self, extension, user, asset, day, **options):
        return self.send(extension, "POST", f"/msa/ext/api/update-asset/{user}",
                         {"asset": asset, "snapshotDay": day.isoformat()}, **options)
