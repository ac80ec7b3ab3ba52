#!/usr/bin/python3
"""Fills an empty core schema with a feed: 100 000 accounts, 1 M posts, about 3 M likes and 2 M comments, the same every time.

    build/release/dontgoback db migrate --database sqlite:/tmp/feed.db
    benchmarks/generate_feed.py /tmp/feed.db                      # about a minute and 1 GB
    benchmarks/generate_feed.py --mysql | mariadb -u USER NAME    # the same rows into MariaDB
"""

import argparse
import sqlite3
import sys
import time

TEXTS = [
    "월급날이 제일 빨리 지나간다.",
    "오늘도 커피값을 아꼈는데 택시를 탔다. 계산은 하지 않기로 했다.",
    "적금 만기일을 달력에 동그라미 쳐 두니 한 해가 조금 덜 길다.",
    "이름이 파란색이면 하루가 가볍고, 빨간색이면 점심이 가볍다.",
    "가계부를 쓰기 시작한 지 한 달. 돈이 어디로 갔는지는 이제 안다. 다만 돌아오지 않을 뿐이다.",
    "전세 계약서를 세 번 읽었다. 처음에는 무서웠고, 두 번째는 졸렸고, 세 번째에야 뜻이 보였다.",
    "부모님께 처음으로 용돈을 드렸다. 봉투를 몇 번이나 열어 보시던 모습이 자꾸 생각난다.",
    "장바구니에 담아 두고 사흘을 기다렸다. 사고 싶던 마음은 사라지고 배송비 무료 조건만 남았다.",
    "비상금 통장의 이름을 '없는 돈'으로 바꿨더니 정말 없는 셈 치게 된다. 이름의 힘은 대단하다.",
    "오늘 번 돈으로 오늘을 살았다. 내일 번 돈으로는 내일보다 조금 더 살아 보려고 한다.",
]

# Spread without a random generator: the top bits of a multiplication modulo 2^32 look random enough and are the same in
# every database. Likes are 0 to 11 a post (3 on average), comments 0 to 7 (2 on average).
STEPS = [
    ("accounts", """
INSERT INTO accounts (id, role, status, email, amount, multiplier, amount_day, created_at, last_seen_at)
SELECT n, CASE WHEN n % 10 = 0 THEN 0 ELSE 1 END, 0, NULL, 5000000 + {hash:n} % 20000000,
       950000000 + {hash:n} % 100000000, 20777, 1780000000000, 1790000000000 FROM {numbers:accounts}"""),
    ("asset_snapshots", """
INSERT INTO asset_snapshots (user_id, day, amount, multiplier, created_at)
SELECT id, amount_day, amount, multiplier, created_at FROM accounts"""),
    ("posts", """
INSERT INTO posts (id, user_id, author, author_type, content, like_count, comment_count, created_at, updated_at, deleted_at)
SELECT n, {hash:n} {div} 7 % {accounts} + 1, {concat:({hash:n} {div} 3 % 900 + 100)|'만'}, {hash:n} {div} 11 % 2,
       {concat:{text:{hash:n} {div} 13}|' '|{text:{hash:n} {div} 17}},
       {pick:00000101020203040611|{hash:n} {div} 19}, {pick:00000001010202030407|{hash:n} {div} 23},
       1780000000000 + n * 9000, 1780000000000 + n * 9000,
       CASE WHEN {hash:n} {div} 29 % 100 = 0 THEN 1789999999999 END FROM {numbers:posts}"""),
    ("post_likes", """
INSERT INTO post_likes (post_id, user_id)
SELECT p.id, (p.id * 7919 + k.n * 33331) % {accounts} + 1 FROM posts p JOIN {small} k ON k.n <= p.like_count
ORDER BY p.id"""),
    ("comments", """
INSERT INTO comments (post_id, parent_id, user_id, author, author_type, content, like_count, reply_count, created_at, updated_at)
SELECT p.id, NULL, (p.id * 6007 + k.n * 27449) % {accounts} + 1, {concat:(p.id % 900 + 100)|'만'}, k.n % 2,
       {text:p.id + k.n}, 0, 0, p.created_at + k.n * 60000, p.created_at + k.n * 60000
FROM posts p JOIN {small} k ON k.n <= p.comment_count ORDER BY p.id, k.n"""),
]


def expand(sql, dialect, sizes):
    """The step's text for a dialect; innermost braces first."""
    mysql = dialect == "mysql"

    def one(token):
        kind, _, rest = token.partition(":")
        if kind == "hash":
            return f"(({rest} * 2654435761) % 4294967296)"
        if kind == "div":
            return "DIV" if mysql else "/"
        if kind == "accounts":
            return str(sizes["accounts"])
        if kind == "concat":
            parts = rest.split("|")
            return f"CONCAT({', '.join(parts)})" if mysql else "(" + " || ".join(parts) + ")"
        if kind == "text":
            return f"(CASE ({rest}) % {len(TEXTS)} " + " ".join(
                f"WHEN {i} THEN '{text.replace(chr(39), chr(39) * 2)}'" for i, text in enumerate(TEXTS)) + " END)"
        if kind == "pick":
            digits, number = rest.split("|")
            return f"CAST(SUBSTR('{digits}', ({number}) % {len(digits) // 2} * 2 + 1, 2) AS {'SIGNED' if mysql else 'INTEGER'})"
        first, count = 1, sizes[rest] if kind == "numbers" else 11
        if mysql:
            return f"(SELECT seq AS n FROM seq_{first}_to_{count}) AS numbers" if kind == "numbers" else \
                f"(SELECT seq AS n FROM seq_{first}_to_{count})"
        return (f"(WITH RECURSIVE c(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM c WHERE n < {count}) "
                "SELECT n FROM c)")

    while (end := sql.find("}")) >= 0:
        start = sql.rfind("{", 0, end)
        sql = sql[:start] + one(sql[start + 1:end]) + sql[end + 1:]
    return sql


def fill_sqlite(path, sizes):
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -400000")
    if connection.execute("SELECT COUNT(*) FROM accounts").fetchone()[0] != 0:
        raise SystemExit(f"{path} has accounts already: give a fresh, migrated database")
    for table, sql in STEPS:
        started = time.monotonic()
        connection.execute(expand(sql, "sqlite", sizes))
        connection.commit()
        (count,) = connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()
        print(f"{table}: {count} rows, {time.monotonic() - started:.0f} s", file=sys.stderr)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", nargs="?", help="an SQLite file, migrated, without accounts")
    parser.add_argument("--mysql", action="store_true", help="write the statements for MariaDB to standard output")
    parser.add_argument("--accounts", type=int, default=100_000)
    parser.add_argument("--posts", type=int, default=1_000_000)
    given = parser.parse_args()
    sizes = {"accounts": given.accounts, "posts": given.posts}
    if given.mysql:
        for _, sql in STEPS:
            print(expand(sql, "mysql", sizes) + ";")
    elif given.database:
        fill_sqlite(given.database, sizes)
    else:
        parser.error("give an SQLite file, or --mysql")


if __name__ == "__main__":
    main()
