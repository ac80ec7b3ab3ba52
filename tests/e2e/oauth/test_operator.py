"""What an operator does beside a running server: clients, secrets, keys, the audit trail."""

import json
import re
import socket
import subprocess

import pytest
from authlib.jose import JsonWebKey

from harness.keys import KeyPair, dpop_proof
from harness.node import Node, run_cli
from harness.oauth import TOKEN, Client, basic, expect_oauth_error
from harness.secrets import known_secrets
from harness.waiting import eventually
from harness.wire import call, next_address

GRANT = {"grant_type": "client_credentials"}


@pytest.fixture
def client(new_client):
    return new_client("--scope=asset:update", "--name=A client of a test")


def test_a_client_is_shown_without_its_secret(world, client):
    code, out, _ = world.run("clients", "show", client.id, "--json")
    assert code == 0
    assert client.secret not in out
    shown = json.loads(out)
    assert (shown["id"], shown["name"], shown["state"]) == (client.id, "A client of a test", "enabled")
    listed = {row["id"]: row for row in world.operate("clients", "list")}
    assert {client.id, world.odd.id, "app"} <= set(listed)
    assert listed[world.odd.id]["state"] == "configured"


def test_the_secret_is_stored_as_a_hash(world, client):
    for (text,) in world.sql("SELECT digest FROM auth_client_secrets"):
        assert client.secret not in text
    for file in world.auth.data_dir.rglob("*"):
        if file.is_file():
            assert client.secret.encode() not in file.read_bytes(), file


def test_two_secrets_while_one_is_replaced(world, client):
    new = Client(world, client.id, world.operate("clients", "rotate-secret", client.id)["clientSecret"])
    eventually(lambda: new.ask(source=next_address()).status == 200, "the new secret is taken", step=0.1)
    assert client.ask().status == 200
    code, out, err = world.run("clients", "rotate-secret", client.id)  # again: the one in use now is not ended
    assert code == 1 and not out and "--replace" in err
    assert new.ask().status == 200
    assert world.operate("clients", "rotate-secret", client.id, "--finish")["endedSecrets"] == 1
    eventually(lambda: client.ask(source=next_address()).status == 401, "the old secret has ended", step=0.1)
    assert new.ask().status == 200


def test_what_is_changed_and_what_is_not(world, client):
    def shown():  # its secret was used, which is written down a little later
        return {**world.operate("clients", "show", client.id), "secretLastUsed": ""}

    before = shown()
    code, out, err = world.run("clients", "change", client.id)
    assert code == 2 and not out and "--scope" in err and "--dpop" in err
    assert world.run("clients", "change", client.id, "--dpop=perhaps")[0] == 2
    assert shown() == before
    for wanted in (True, False):
        assert world.operate("clients", "change", client.id, f"--dpop={str(wanted).lower()}")["done"] == "changed"
        assert shown() == {**before, "dpop": wanted}
    world.operate("clients", "change", client.id, "--dpop=true")
    world.operate("clients", "change", client.id, "--name=Another")
    assert shown() == {**before, "dpop": True, "name": "Another"}


def test_a_new_secret_that_is_in_use_is_not_taken_away_unasked(world, client):
    """Used just now: the client has it, whatever became of the command's output."""
    new = Client(world, client.id, world.operate("clients", "rotate-secret", client.id)["clientSecret"])
    eventually(lambda: new.ask(source=next_address()).status == 200, "the new secret is taken", step=0.1)
    code, out, err = world.run("clients", "rotate-secret", client.id, "--replace")
    assert code == 1 and not out, (out, err)
    assert re.search(r"last used at \d{4}-\d\d-\d\dT", err) and "--force" in err, err
    assert new.ask().status == 200
    forced = Client(world, client.id,
                    world.operate("clients", "rotate-secret", client.id, "--replace", "--force")["clientSecret"])
    eventually(lambda: forced.ask(source=next_address()).status == 200, "the third is taken", step=0.1)
    assert client.ask().status == 200
    eventually(lambda: new.ask(source=next_address()).status == 401, "the second has ended", step=0.1)
    assert world.run("clients", "rotate-secret", client.id, "--force")[0] == 2


def test_a_new_secret_that_nobody_used_is_replaced(world, client):
    lost = Client(world, client.id, world.operate("clients", "rotate-secret", client.id)["clientSecret"])
    new = Client(world, client.id, world.operate("clients", "rotate-secret", client.id, "--replace")["clientSecret"])
    eventually(lambda: new.ask(source=next_address()).status == 200, "the third is taken", step=0.1)
    assert lost.ask(source=next_address()).status == 401
    assert client.ask().status == 200


def test_scopes_are_this_programs_unless_it_is_said_that_they_are_not(world, client):
    def scopes():
        return set(world.operate("clients", "show", client.id)["scopes"].split())

    for given in (["--scope=asset:update,job:run"], ["--scope=asset:update job:run"],
                  ["--scope=asset:update", "--scope=job:run"], ["--scope=asset:update, job:run"]):
        world.operate("clients", "change", client.id, "--scope=token:introspect")
        world.operate("clients", "change", client.id, *given)
        assert scopes() == {"asset:update", "job:run"}, given
    for wrong in ("asset:updte", "asset:update,report:read", "*", "ASSET:UPDATE"):
        for command in (["change", client.id], ["add", "mistaken"]):
            code, out, err = world.run("clients", *command, f"--scope={wrong}")
            assert code == 2 and not out, wrong
            assert all(scope in err for scope in ("asset:update", "job:run", "token:introspect", "--other-scope")), err
    assert scopes() == {"asset:update", "job:run"}
    world.operate("clients", "change", client.id, "--scope=job:run", "--other-scope=report:read")
    assert scopes() == {"job:run", "report:read"}
    world.operate("clients", "change", client.id, "--name=Other")  # what is there is not judged again
    assert eventually(lambda: client.answer()["scope"] == "job:run report:read", "it has them", step=0.1)


@pytest.mark.parametrize("form", ["set", "one", "pem", "set with another"])
def test_keys_in_the_form_that_people_have(world, tmp_path, form):
    key, name, file = KeyPair(), f"keys-{next_address()}", tmp_path / "public"
    text = json.dumps(key.public_jwk())
    other = {"kty": "OKP", "crv": "Ed25519", "kid": "for-another", "x": "AA"}
    if form == "pem":
        text = JsonWebKey.import_key(key.public_jwk()).as_pem().decode()
    elif form != "one":
        text = json.dumps({"keys": [other, key.public_jwk()] if form == "set with another" else [key.public_jwk()]})
    file.write_text(text)
    code, _, err = world.run("clients", "add", name, "--scope=job:run", f"--jwks-file={file}", "--json")
    assert code == 0, err
    if form == "set with another":
        assert "for-another" in err and "OKP" in err, err
    signer = Client(world, name, key=key)
    eventually(lambda: signer.ask(source=next_address()).status == 200, "it may ask", step=0.1)


def test_a_disabled_client(world, client):
    token = client.token()
    assert world.use(token).status == 200
    world.operate("clients", "disable", client.id)
    eventually(lambda: client.ask().status == 401, "it gets no token", step=0.2)
    eventually(lambda: world.use(token).status == 401, "its tokens are refused")
    world.operate("clients", "enable", client.id)
    answers = []
    eventually(lambda: answers.append(client.ask()) or answers[-1].status == 200, "it gets tokens again", step=0.05,
               limit=60)
    assert client.is_active(answers[-1].json()["access_token"])
    for answer in answers[:-1]:  # not yet taken up, then the rest of the second
        assert answer.status in (401, 429) or (answer.status, answer.header("Retry-After")) == (503, "1"), answer
    assert world.use(token).status == 401  # what was taken back stays so


def test_a_removed_client(world, client):
    token = client.token()
    world.operate("clients", "remove", client.id)
    eventually(lambda: client.ask().status == 401, "it gets no token", step=0.2)
    eventually(lambda: world.use(token).status == 401, "its tokens are refused")
    assert world.run("clients", "show", client.id)[0] == 1
    assert client.id not in {row["id"] for row in world.operate("clients", "list")}


def test_the_tokens_of_any_client_can_be_taken_back(world, client):
    for one, state in ((world.odd, "stays configured"), (client, "stays enabled")):
        token = one.token()
        assert world.use(token).status == 200
        assert world.operate("clients", "revoke-tokens", one.id)["client"] == state
        eventually(lambda: world.use(token).status == 401, "its tokens are refused")  # noqa: B023
        eventually(lambda: one.ask().status == 200, "it gets tokens again", step=0.2)  # noqa: B023
        assert one.is_active(one.token())
    assert world.operate("clients", "revoke-tokens", "gone")["client"] == "unknown here"
    assert world.run("clients", "revoke-tokens")[0] == 2


def test_clients_of_the_configuration_are_read_only(world):
    for command in ("disable", "enable", "remove", "rotate-secret", "add"):
        code, _, err = world.run("clients", command, world.odd.id)
        assert code != 0, command
        assert "--auth-client" in err
    assert world.odd.ask().status == 200


@pytest.mark.parametrize("arguments", [
    [""], ["has space"], ["글"], ["x" * 65], ["ok", "--scope=a\"b"], ["ok", "--audience=nothing"],
    ["ok", "--audience=https://a.example/#f"], ["ok", "--jwks-file=/nonexistent"]], ids=str)
def test_clients_that_cannot_be(world, arguments):
    code, out, err = world.run("clients", "add", *arguments)
    assert code != 0
    assert err.strip()
    assert "clientSecret" not in out


def test_a_private_key_is_not_registered(world, tmp_path):
    file = tmp_path / "private.jwks"
    file.write_text(json.dumps({"keys": [KeyPair().private_jwk()]}))
    code, _, err = world.run("clients", "add", "careless", f"--jwks-file={file}")
    assert code != 0
    assert "private" in err


def test_an_id_is_taken_once(world, client):
    code, out, _ = world.run("clients", "add", client.id)
    assert code == 1
    assert "clientSecret" not in out
    assert client.ask().status == 200


def test_the_audit_trail(world, client):
    world.operate("clients", "rotate-secret", client.id)
    world.operate("clients", "disable", client.id)
    rows = world.operate("audit", "--client", client.id)
    assert [row["action"] for row in rows][:3] == ["client disable", "client rotate-secret", "client add"]
    assert all(row["actor"].startswith("cli:") and row["result"] == "done" for row in rows[:3])
    assert {row["address"] for row in rows[:3]} == {socket.gethostname()[:64]}
    page = world.operate("audit", "--limit", "2")
    assert len(page) == 2
    older = world.operate("audit", "--limit", "2", "--before", page[-1]["id"])
    assert older[0]["id"] < page[-1]["id"]
    text = world.run("audit", "--limit", "100000")[1]
    assert not known_secrets.found_in(text)


def test_what_was_refused_to_an_operator_is_in_the_audit_trail(world, client):
    assert world.run("clients", "add", client.id)[0] == 1
    assert world.run("keys", "retire", "nope")[0] == 1
    assert world.run("clients", "enable", "mistyped")[0] == 1
    rows = world.operate("audit", "--limit", "100")
    unknown, retired, added = [row for row in rows if row["actor"].startswith("cli:")][:3]
    assert (added["action"], added["subject"]) == ("client add", client.id)
    # What is no client may be a secret in the wrong field.
    assert (retired["action"], retired["subject"], unknown["action"], unknown["subject"]) == (
        "key retire", "", "client enable", "")
    for row in (unknown, retired, added):
        assert row["address"] == socket.gethostname()[:64]
        assert row["result"].startswith("refused: there is "), row


@pytest.mark.parametrize("bits", [2048, 4096])
def test_a_key_taken_over_that_makes_long_tokens(binary, tmp_path, bits):
    file = tmp_path / "auth-signing-key.pem"
    subprocess.run(["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", f"rsa_keygen_bits:{bits}", "-out", str(file)],
                   check=True, capture_output=True)
    file.chmod(0o600)
    data = f"--data-dir={tmp_path}"
    node = Node(binary, "auth", tmp_path, "--role=auth").start()
    node.stop()
    assert (f"bits={bits}" in node.log_text()) == (bits > 2048)
    code, out, err = run_cli(binary, "keys", "list", data)
    assert code == 0 and "signing" in out, (out, err)


def test_nothing_secret_is_logged(world):
    """Whoever asks for it wrongly: not the secret, not the assertion, not the proof, not the token."""
    secret = known_secrets.add("client secret", "not-to-be-seen-0123456789abcdef")
    key = KeyPair()
    token = world.app.token()
    for answer in (world.post(TOKEN, GRANT, basic("app", secret), next_address()),
                   world.post(TOKEN, GRANT, basic(secret, secret), next_address()),
                   world.post(TOKEN, {**GRANT, "client_id": secret, "client_secret": secret}, source=next_address()),
                   world.post(f"{TOKEN}?client_secret={secret}", GRANT, source=next_address()),
                   world.post(TOKEN, secret, source=next_address())):
        assert answer.status in (400, 401), answer
    world.app.ask(headers={"DPoP": dpop_proof(key, "GET", world.issuer + TOKEN)})
    world.use(token + "x")
    world.use(token, "DPoP")
    expect_oauth_error(world.es256.ask(scope="nothing"), 400, "invalid_scope")
    for node in {world.auth, world.extension}:
        mark = f"/msa/mark-{next_address()}"
        call(node.address, "GET", mark)
        eventually(lambda: mark in node.log_text(), "the log is written up to here")
        node.check_logs()
    rows = world.operate("audit", "--limit", "1000")
    assert secret not in json.dumps(rows)
