"""What setup refuses or keeps as it was: the code on its way, others' directories, a file written by hand."""

import os
import sqlite3
import stat
from contextlib import closing

import pytest

from harness.secrets import known_secrets
from harness.wire import call


def put(node, *lines):
    """A configuration written by hand."""
    node.configuration.mkdir(exist_ok=True)
    text = [f'role = "{node.role}"', f'data-dir = "{node.data_dir}"', f'listen = "127.0.0.1:{node.port}"',
            'management-listen = "127.0.0.1:0"', *lines]
    node.file.write_text("\n".join(text) + "\n")


def joined(machine, auth, role="core"):
    node = machine(role)
    node.made(line=auth.lines[role])
    known_secrets.add("client secret", (node.data_dir / "client-secret").read_text().strip())
    return node


# What others hear.

def test_a_code_does_not_travel_in_clear_text(machine):
    auth = machine("auth")
    auth.url = "http://auth.example"
    said = auth.setup("--allow-insecure-http")[1]
    node = machine("core")
    code, _, err = node.setup(line=said.lines("dontgoback setup --role=core ")[0])
    assert code == 2 and "without TLS" in err and "http://auth.example" in err, err
    assert not node.file.exists()
    code, said, err = node.setup("--allow-insecure-http", line=said.lines("dontgoback setup --role=core ")[0])
    assert code == 1 and any("cannot be reached" in text for text in said.of("wrong")), (said, err)


def test_what_is_refused_has_been_told_to_nobody(machine, auth):
    core = joined(machine, auth)
    before, core.url = core.url, "http://127.0.0.1:1"
    code, _, err = core.setup()
    assert code == 2 and "says otherwise" in err, err
    assert [node["url"] for node in auth.command("nodes", "list")] == [before]


def test_a_setup_again_makes_no_further_codes(machine):
    auth = machine("auth")
    auth.made()
    for _ in range(3):
        assert len(auth.made().lines("dontgoback setup --role=core ")) == 1
    codes = auth.command("nodes", "codes")
    assert sorted(code["clientId"] for code in codes) == ["dontgoback-core-server", "dontgoback-extension-server"]
    auth.command("nodes", "withdraw", "dontgoback-core-server")
    assert len(auth.command("nodes", "codes")) == 1


def test_a_removed_clients_code_is_not_known(machine, auth):
    core = joined(machine, auth)
    auth.command("clients", "remove", "dontgoback-core-server")
    code, said, err = core.setup(line=auth.lines["core"])
    assert code == 1 and any("not known here" in text for text in said.of("wrong")), (said, err)
    status = call(auth.address, "POST", "/msa/auth/api/nodes/join",
                  body=b"code=x&secret_digest=" + b"A" * 43 + b"&url=https%3A%2F%2Fa.example",
                  headers={"Content-Type": "application/x-www-form-urlencoded"}).status
    assert status == 400


# Directories and files.

def test_a_directory_of_others_stays_theirs(machine):
    node = machine("all")
    node.data_dir.mkdir()
    (node.data_dir / "letters.txt").write_text("mine")
    before = node.data_dir.stat()
    code, _, err = node.setup()
    assert code == 2 and "letters.txt" in err and "a directory of its own" in err, err
    after = node.data_dir.stat()
    assert (before.st_uid, before.st_mode) == (after.st_uid, after.st_mode)
    assert [file.name for file in node.data_dir.iterdir()] == ["letters.txt"] and not node.file.exists()


def test_a_file_written_by_hand_keeps_mode_link_and_comments(machine):
    node = machine("all")
    put(node, f'public-url = "{node.url}"', 'guests = "off" # 손님은 나중에', "trusted-proxy = [",
        '  "127.0.0.1/32", # nginx', "] # those")
    elsewhere = node.folder / "elsewhere.toml"
    node.file.rename(elsewhere)
    elsewhere.chmod(0o600)
    node.file.symlink_to(elsewhere)
    before = node.file.read_text()
    node.made("--guests=on", "--trusted-proxy=127.0.0.2/32", "--again")
    assert node.file.is_symlink() and stat.S_IMODE(elsewhere.stat().st_mode) == 0o600
    text = node.file.read_text().replace("'", '"')
    assert 'guests = "on" # 손님은 나중에\n' in text and 'trusted-proxy = ["127.0.0.2/32"] # those\n' in text, text
    copy = node.file.with_name("all.toml.before")
    assert copy.read_text() == before and stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_keys_are_none_of_a_table(machine):
    node = machine("all")
    put(node, "trusted-proxy = [", "]", "[notes]", 'why = "because"')
    code, _, err = node.setup(flags=[f"--config-folder={node.configuration}", f"--public-url={node.url}"])
    text = node.file.read_text()
    assert text.index("public-url") < text.index("[notes]"), (text, err)
    code, _, err = node.again("--check")
    assert "is not TOML" not in err, err


def test_an_environment_that_says_otherwise(machine):
    node = machine("all")
    node.extra_environment = {"DONTGOBACK_DATA_DIR": str(node.folder / "other")}
    code, _, err = node.setup()
    assert code == 2 and "DONTGOBACK_DATA_DIR" in err and str(node.data_dir) in err, err
    assert not node.data_dir.exists() and not (node.folder / "other").exists()
    node.extra_environment = {"DONTGOBACK_DATA_DIR": str(node.data_dir)}
    node.made()


@pytest.mark.parametrize("link", [False, True])
def test_a_client_secret_that_is_none(machine, auth, link):
    node = machine("core")
    node.data_dir.mkdir(mode=0o700)
    secret = node.data_dir / "client-secret"
    if link:
        other = node.folder / "other"
        other.write_text("another's\n")
        other.chmod(0o600)
        secret.symlink_to(other)
        code, _, err = node.setup(line=auth.lines["core"])
        assert code != 0 and "is not followed" in err, err
        secret.unlink()
    else:
        secret.touch(mode=0o600)
    node.made(line=auth.lines["core"])
    known_secrets.add("client secret", secret.read_text().strip())


def test_another_secret_is_who_had_the_one_before(machine, auth):
    core = joined(machine, auth)
    place = core.folder / "secrets"
    place.mkdir()
    (core.data_dir / "client-secret").rename(place / "own")
    os.chmod(place / "own", 0o640)
    if os.geteuid() == 0:
        os.chown(place / "own", 12345, 12345)
    core.file.write_text(core.file.read_text().replace(str(core.data_dir / "client-secret"), str(place / "own")))
    before = (place / "own").stat()
    code, said, err = core.again("--new-secret")
    assert code == 0, (said, err)
    known_secrets.add("client secret", (place / "own").read_text().strip())
    after = (place / "own").stat()
    assert (before.st_uid, before.st_gid, before.st_mode) == (after.st_uid, after.st_gid, after.st_mode)


# The database, and the first ADMIN.

def test_beside_a_server_the_schema_stays(machine):
    node = machine("all")
    said = node.made()
    node.start(said.lines("dontgoback serve")[0])
    with closing(sqlite3.connect(node.data_dir / "dontgoback.db", timeout=10)) as database, database:
        module, number = database.execute(
            "SELECT module, number FROM schema_migrations ORDER BY module, number DESC").fetchone()
        database.execute("DELETE FROM schema_migrations WHERE module = ? AND number = ?", (module, number))
    code, said, err = node.again()
    assert code == 1 and any("stop the server" in text for text in said.of("wrong")), (said, err)


def test_guests_do_not_keep_the_first_admin_away(machine):
    node = machine("all")
    said = node.made()
    assert any("within 15 minutes" in text for text in said.of("left")), said
    with closing(sqlite3.connect(node.data_dir / "dontgoback.db", timeout=10)) as database, database:
        database.execute("INSERT INTO accounts (role, status, amount, multiplier, amount_day, created_at, last_seen_at) "
                         "SELECT 0, 0, amount, multiplier, amount_day, created_at, last_seen_at + 5 FROM accounts "
                         "WHERE role = 2")
    code, said, err = node.again()
    assert code == 0 and len(said.lines(node.url)) == 1, (said, err)
