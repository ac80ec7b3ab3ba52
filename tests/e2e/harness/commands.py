"""The program's commands, as --help names them, and what they leave on disk."""

import hashlib
import subprocess

from harness.node import environment, run_cli

# What a command needs to get to its work. One that is not here is run without arguments.
ARGUMENTS = {
    ("clients", "show"): ["reporter"],
    ("assets", "show"): ["1"],
    ("users", "sign-in-link"): ["1"],
    ("users", "show"): ["1"],
}
# Those whose work is to write. Everything else that --help names reads.
WRITES = {("serve",), ("setup",), ("nodes", "invite"), ("nodes", "withdraw"), ("db", "migrate"), ("db", "backup"), ("db", "restore"), ("jobs", "run"),
          ("keys", "rotate"), ("keys", "retire"), ("keys", "reset"),
          ("clients", "add"), ("clients", "change"), ("clients", "rotate-secret"), ("clients", "disable"),
          ("clients", "enable"), ("clients", "remove"), ("clients", "revoke-tokens"),
          ("users", "create"), ("users", "sign-in-link"), ("users", "suspend"), ("users", "activate"),
          ("users", "promote"), ("users", "invite"), ("users", "revoke-invitation"),
          ("assets", "refresh"), ("assets", "backfill"), ("demo", "seed"),
          ("backup", "create"), ("backup", "restore"), ("sessions", "reset"), ("multipliers", "reset"), ("mail", "test"),
          ("push", "test"), ("notifications", "send"), ("moderation", "hide"), ("moderation", "restore"),
          ("moderation", "look"), ("moderation", "suspend"), ("moderation", "lift"), ("moderation", "add-word"), ("moderation", "remove-word"),
          ("walkers", "rename"), ("walkers", "remove-nickname"), ("walkers", "suspend"), ("walkers", "lift"),
          ("walkers", "reset-keys"), ("walkers", "rename-group"), ("walkers", "close-group"), ("walkers", "decide"), ("steps", "verify")}
# Those that are known to read must also answer; a new one may want arguments that are not here, and then refuse.
READS = {("db", "check"), ("config", "check"), ("jobs", "list"), ("routes", "list"), ("keys", "list"), ("keys", "plan"),
         ("clients", "list"), ("clients", "show"), ("nodes", "list"), ("nodes", "codes"), ("audit",), ("users", "list"), ("users", "show"),
         ("users", "invitations"), ("assets", "show"), ("mail", "queue"), ("push", "queue"),
         ("moderation", "reports"), ("moderation", "words"), ("moderation", "audit"), ("walkers", "list"),
         ("walkers", "reports")}
# They answer without a database, or not at all without more than they are given here.
WITHOUT_DATABASE = {("config", "check"), ("routes", "list")}
# Reads a key of mode 0600, which is its owner's alone; says that the server could not write there.
OWNERS_ONLY = {("keys", "list"), ("config", "check")}


def commands(binary):
    """All there are: the groups of --help with their commands, and those without a group."""
    code, text, _ = run_cli(binary, "--help")
    assert code == 0
    section = text[text.index("\nCommands:\n"):].split("\n\n")[0]
    found = []
    for line in section.splitlines()[2:]:
        name, what = line.split(None, 1)
        code, _, _ = run_cli(binary, name, "--help")
        assert code == 0
        subs = [word.strip() for word in what.split(",")]
        is_group = all(word and " " not in word for word in subs) and name not in ("serve", "audit")
        found += [(name, word) for word in subs] if is_group else [(name,)]
    assert ("clients", "list") in found and ("audit",) in found, found
    return found


def listing(folder):
    """Everything below a folder: what it is, its content, and when it was changed."""
    found = {}
    for path in [folder, *folder.rglob("*")]:
        status = path.lstat()
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
        found[str(path.relative_to(folder))] = (status.st_mode, status.st_uid, status.st_size, status.st_mtime_ns, content)
    return found


def difference(before, after):
    return {name: (before.get(name), after.get(name)) for name in before.keys() | after.keys()
            if before.get(name) != after.get(name)}


def run(binary, command, data_dir, *options, user=None):
    done = subprocess.run([str(binary), *command, *ARGUMENTS.get(tuple(command), []), f"--data-dir={data_dir}", *options],
                          stdin=subprocess.DEVNULL, capture_output=True, env=environment(), timeout=120, user=user,
                          group=user, extra_groups=[] if user else None, cwd="/")
    return done.returncode, done.stdout.decode(), done.stderr.decode(errors="replace")


def check_each(binary, reading, data_dir, *options, user=None, but=()):
    before = listing(data_dir)
    for command in reading:
        code, out, err = run(binary, command, data_dir, *options, user=user)
        assert difference(before, listing(data_dir)) == {}, (command, err)
        if command in READS and command not in but:
            assert code == 0, (command, code, out, err)
