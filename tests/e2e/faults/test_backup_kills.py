"""A backup or a restore that is killed is nothing or all."""

import shutil

from harness.backups import Killer, backup, done, files_in, node_options, run_program
from harness.node import run_cli


def test_killed_in_the_middle_it_is_nothing_or_all(archive, lived, workspace):
    topology = lived.topology
    target = workspace / "killed"
    command = [str(topology.binary), "backup", "restore", str(archive), f"--data-dir={target}",
               *node_options(topology)]
    killer = Killer(command)
    everything = files_in(target)
    kept = {"session.key", "auth.key", "multiplier.key", "dontgoback.db"}
    assert kept <= set(everything)
    for n in range(40):
        shutil.rmtree(target)
        killer.run(n / 36)
        found = kept & set(files_in(target) or [])
        if found and found != kept:
            assert ".restore/journal" in files_in(target), "half of it, and nobody knows"
            code, _, err = run_cli(topology.binary, "users", "list", f"--data-dir={target}")
            assert code != 0 and "interrupted" in err, err
        if n % 2 or found:
            # Killed in its very last step it is complete, with an empty folder left for the next start.
            if found != kept or ".restore/journal" in files_in(target):
                done(run_program(command))
            assert [name for name in files_in(target) if name != ".restore"] == everything
        else:  # the next start finds an empty directory, or all of it
            node = topology.core
            node.data_dir, old = target, node.data_dir
            node.start()
            node.stop()
            node.data_dir = old
            assert not [name for name in files_in(target) if name.startswith(".restore")]
    assert killer.killed > 2, "the loop must meet it at work"


def test_a_killed_create_leaves_no_file_and_is_cleaned_up(lived, workspace):
    topology = lived.topology
    folder = workspace / "kills"
    folder.mkdir()
    command = [str(topology.binary), "backup", "create", str(folder / "x.tar.zst"),
               f"--data-dir={topology.core.data_dir}", *node_options(topology)]
    killer = Killer(command)
    (folder / "x.tar.zst").unlink()
    for n in range(15):
        killed = killer.run(n / 14)
        if (folder / "x.tar.zst").exists():  # also when it was killed after its last step
            done(backup(topology, "verify", folder / "x.tar.zst"))
            (folder / "x.tar.zst").unlink()
        else:
            assert killed
    done(run_program(command))
    assert files_in(folder) == ["x.tar.zst"]
