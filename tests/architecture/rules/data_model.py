"""docs/data-model.md is what the migrations make; `scripts/data-model` writes it."""

from data_model import HEAD, PLACE, markdown


def check(tree):
    if tree.files.get(PLACE) != markdown(tree):
        yield f"{PLACE} is not what the migrations make: run scripts/data-model"


FILES = {
    "modules/m/migrations/001_m.sqlite.sql": "-- Who there is.\nCREATE TABLE people (\n  id INTEGER PRIMARY KEY,  -- a number\n"
                                             "                           -- of its own\n  name TEXT\n);\n",
    "modules/m/migrations/002_n.sqlite.sql": "ALTER TABLE people ADD COLUMN age INTEGER;  -- in years\n",
    "modules/m/tables.txt": "people\n",
}
SAYS = """## `modules/m`

```mermaid
erDiagram
  people
```

### `modules/m`

#### `people`

Who there is.

| column | type | | |
| --- | --- | --- | --- |
| `id` | INTEGER | key | a number of its own |
| `name` | TEXT | may be null |  |
| `age` | INTEGER | may be null | in years |
"""
EXAMPLES = [
    (FILES, "run scripts/data-model"),
    ({**FILES, PLACE: HEAD + "\n" + SAYS.replace("in years", "in months")}, "run scripts/data-model"),
    ({**FILES, PLACE: HEAD + "\n" + SAYS}, None),
]
