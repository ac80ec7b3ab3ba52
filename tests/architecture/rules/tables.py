"""Each table has one owner, the folder whose tables.txt names it; SQL elsewhere names no table of another.

What an owner lets others read is an SQL fragment in its folder, whose columns tables.txt publishes. What a statement does in
fact is checked when tests run (tests/support/ownership.hpp)."""

import re
from pathlib import PurePosixPath

SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|REPLACE|FROM|JOIN|WHERE|VALUES|EXISTS)\b")
CREATES = re.compile(r"CREATE TABLE (?:IF NOT EXISTS )?`?(\w+)", re.I)
DROPS = re.compile(r"DROP TABLE `?(\w+)", re.I)


def check(tree):
    owners, exempt = {}, set()
    for path in tree.paths("src", "modules", ends=("/tables.txt",)):
        folder = PurePosixPath(path).parent.as_posix()
        for line in tree.files[path].splitlines():
            name = line.split("#")[0].strip()
            if name.startswith("exempt:"):
                exempt.add(folder)
            elif name.startswith("publishes "):
                if owners.get(name[10:].split(":")[0].strip()) != folder:
                    yield f"{path} publishes of a table that it does not name: {line}"
            elif name in owners:
                yield f"{path} names {name}, which {owners[name]} owns"
            elif name:
                owners[name] = folder
    migrations = [re.sub(r"--[^\n]*", "", tree.files[path]) for path in sorted(tree.paths("src", "modules", ends=(".sql",)))]
    created = set()
    for text in migrations:  # in their order: what a later one drops is there no more
        created = created - set(DROPS.findall(text)) | (set(CREATES.findall(text)) - set(DROPS.findall(text)))
    for name in sorted(created - owners.keys()):
        yield f"{name} is in no tables.txt"
    for name in sorted(owners.keys() - created - {"schema_migrations"}):  # the host's own, made before any migration
        yield f"{owners[name]}/tables.txt names {name}, which no migration makes"

    word = re.compile(r"(?<![:.\w])(" + "|".join(sorted(owners) or ["$^"]) + r")\b(?!\()")
    for path in tree.paths("src", "modules"):
        folder = folder_of(path, set(owners.values()) | exempt)
        literals = [] if folder in exempt else tree.literals(path)
        has_sql = any(SQL.search(text) for _, text in literals)
        for line, text in literals:
            if not SQL.search(text) and not (has_sql and text in owners):
                continue
            for name in dict.fromkeys(word.findall(text)):
                if owners[name] != folder:
                    yield f"{path}:{line} names {name} in its SQL, which {owners[name]} owns"


def folder_of(path, folders):
    for parent in PurePosixPath(path).parents:
        if parent.as_posix() in folders:
            return parent.as_posix()
    return PurePosixPath(path).parent.as_posix()


FILES = {
    "modules/m/migrations/001_m.sqlite.sql": "CREATE TABLE people (id INTEGER);  -- CREATE TABLE ghosts\nCREATE TABLE letters (id INTEGER);\n",
    "modules/m/people/tables.txt": "people  # who there is\npublishes people: id\n",
    "modules/m/letters/tables.txt": "letters\n",
    "src/storage/tables.txt": "exempt: migrates\nschema_migrations\n",
}
EXAMPLES = [
    ({**FILES, "modules/m/letters/store.cpp": 'run("SELECT id "  // one\n    "FROM people");\n'},
     "store.cpp:1 names people in its SQL, which modules/m/people owns"),
    ({**FILES, "modules/m/letters/store.cpp": 'run("DELETE FROM " + kTable + " WHERE 1", "people");\n'}, "names people"),
    ({**FILES, "modules/m/store.hpp": 'constexpr auto k = R"(SELECT people.id FROM x, people)";\n'}, "names people"),
    ({**FILES, "modules/m/migrations/002_n.mysql.sql": "CREATE TABLE IF NOT EXISTS `stray` (id INT);\n"}, "stray is in no tables.txt"),
    ({**FILES, "modules/m/migrations/002_n.sqlite.sql": "DROP TABLE letters;\n"}, "names letters, which no migration makes"),
    ({**FILES, "modules/m/migrations/002_n.sqlite.sql": "DROP TABLE letters;\n", "modules/m/letters/tables.txt": ""}, None),
    ({**FILES, "modules/n/tables.txt": "people\n"}, "names people, which"),
    ({**FILES, "modules/n/tables.txt": "gone\n"}, "names gone, which no migration makes"),
    ({**FILES, "modules/n/tables.txt": "publishes people: id\n"}, "does not name"),
    ({**FILES, "modules/m/people/inner/store.cpp": 'run("SELECT 1 FROM people WHERE id = :letters");\n',
      "src/storage/copy.cpp": 'run("DELETE FROM people");\n', "modules/m/routes.cpp": 'route("/people"); say("people");\n'}, None),
]
