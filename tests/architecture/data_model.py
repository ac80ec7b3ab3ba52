"""data_model.py: what docs/data-model.md says, made from the migrations. `scripts/data-model` writes it there."""

import re
import sqlite3
import sys
from pathlib import Path, PurePosixPath

from tree import Tree

PLACE = "docs/data-model.md"
HEAD = """# The data model

Every table, by the part that owns it: no other part reads or writes it but through that part. Made from the migrations by
`scripts/data-model`; a test refuses it when it is not what they make. Types are SQLite's. On MariaDB tables and columns
have the same names. A moment (`…_at`) is in milliseconds since 1970, UTC; a day counts from 1970-01-01. What a column holds
is said where its migration says it.
"""
COMMENT = re.compile(r"--\s?(.*)$")
CREATE = re.compile(r"\s*CREATE (?:VIRTUAL )?TABLE (?:IF NOT EXISTS )?(\w+)", re.I)
ADD = re.compile(r"\s*ALTER TABLE (\w+) ADD (?:COLUMN )?(\w+)", re.I)
RENAME = re.compile(r"\s*ALTER TABLE (\w+) RENAME TO (\w+)", re.I)
RENAME_COLUMN = re.compile(r"\s*ALTER TABLE (\w+) RENAME COLUMN (\w+) TO (\w+)", re.I)
COLUMN = re.compile(r"\s+(\w+)\s")
NO_COLUMN = {"PRIMARY", "FOREIGN", "UNIQUE", "CHECK", "CONSTRAINT", "REFERENCES", "ON"}


class Remarks:
    """The comments of migrations: `tables` by name, `columns` by table and name."""

    def __init__(self):
        self.tables, self.columns = {}, {}

    def read(self, sql):
        table, last, before = None, None, []
        for line in sql.splitlines():
            found = COMMENT.search(line)
            code, remark = (line[:found.start()], found[1].strip()) if found else (line, "")
            if table is None and not code.strip():
                before = [*before, remark] if remark else []
                continue
            if begun := CREATE.match(code):
                table, last = begun[1], None
                self.columns = {key: said for key, said in self.columns.items() if key[0] != table}
                self.tables[table] = " ".join([*before, remark] if remark else before)
            elif table is not None:
                if not code.strip():
                    key = (table, last)
                    if last is None:
                        self.tables[table] = f"{self.tables[table]} {remark}".strip()
                    else:
                        self.columns[key] = f"{self.columns.get(key, '')} {remark}".strip()
                elif (column := COLUMN.match(code)) and column[1].upper() not in NO_COLUMN:
                    last = column[1]
                    self.columns[(table, last)] = remark
            elif added := ADD.match(code):
                self.columns[added.groups()] = " ".join([*before, remark] if remark else before)
            elif renamed := RENAME_COLUMN.match(code):
                self.columns[(renamed[1], renamed[3])] = self.columns.pop((renamed[1], renamed[2]), "")
            elif renamed := RENAME.match(code):
                old, new = renamed.groups()
                self.tables[new] = self.tables.get(new) or self.tables.pop(old, "")
                moved = {column: said for (of, column), said in self.columns.items() if of == old}
                kept = {key: said for key, said in self.columns.items() if key[0] not in (old, new)}
                former = {column: said for (of, column), said in self.columns.items() if of == new}
                self.columns = kept | {(new, column): said or former.get(column, "") for column, said in moved.items()}
            if table is not None and code.rstrip().endswith(";"):
                table = None
            before = []


def owners_of(tree):
    owners = {}
    for path in sorted(tree.paths("src", "modules", ends=("/tables.txt",))):
        for line in tree.files[path].splitlines():
            name = line.split("#")[0].strip()
            if re.fullmatch(r"\w+", name):
                owners[name] = PurePosixPath(path).parent.as_posix()
    return owners


def made(tree):
    """A database that every migration has been run on, and what they remark."""
    database, remarks = sqlite3.connect(":memory:"), Remarks()
    for path in sorted(tree.paths("src", "modules", ends=(".sqlite.sql",))):
        database.executescript(tree.files[path])
        remarks.read(tree.files[path])
    return database, remarks


def cell(text):
    return text.replace("|", "\\|")


def described(database, remarks, table):
    keys = {row[3]: f"→ `{row[2]}`" for row in database.execute(f"PRAGMA foreign_key_list({table})")}
    yield f"#### `{table}`\n"
    if remarks.tables.get(table):
        yield f"{remarks.tables[table]}\n"
    yield "| column | type | | |\n| --- | --- | --- | --- |"
    for _, name, kind, not_null, _, in_key in database.execute(f"PRAGMA table_info({table})"):
        marks = ["key"] if in_key else [] if not_null else ["may be null"]
        if name in keys:
            marks.append(keys[name])
        yield f"| `{name}` | {kind} | {', '.join(marks)} | {cell(remarks.columns.get((table, name), ''))} |"
    indexes = []
    for _, name, unique, origin, _ in sorted(database.execute(f"PRAGMA index_list({table})"), key=lambda row: row[1]):
        if origin == "c":
            columns = ", ".join(row[2] or "…" for row in database.execute(f"PRAGMA index_info({name})"))
            indexes.append(f"`{name}` ({columns}{', unique' if unique else ''})")
    if indexes:
        yield "\nIndexes: " + ", ".join(indexes) + "."
    yield ""


def drawn(database, tables):
    yield "```mermaid\nerDiagram"
    for table in tables:
        ends = {(row[2], row[3]) for row in database.execute(f"PRAGMA foreign_key_list({table})")}
        for other, column in sorted(ends):
            yield f"  {other} ||--o{{ {table} : {column}"
        if not ends:
            yield f"  {table}"
    yield "```\n"


def markdown(tree):
    database, remarks = made(tree)
    owners = owners_of(tree)
    tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    tables = [table for table in tables if not table.startswith("sqlite_")]
    lines = [HEAD]
    of = lambda owner: "/".join(owner.split("/")[:2]) if owner.startswith("modules/") else "src"  # noqa: E731
    for whole in sorted({of(owners[table]) for table in tables}, key=lambda name: (name == "src", name)):
        mine = [table for table in tables if of(owners[table]) == whole]
        lines += [f"## {'the host (`src`)' if whole == 'src' else f'`{whole}`'}\n", *drawn(database, mine)]
        for part in sorted({owners[table] for table in mine}):
            lines.append(f"### `{part}`\n")
            for table in mine:
                if owners[table] == part:
                    lines += described(database, remarks, table)
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    root = Path(__file__).resolve().parent.parent.parent
    (root / PLACE).write_text(markdown(Tree.of(root)), encoding="utf-8")
    sys.exit(0)
