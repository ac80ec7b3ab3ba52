#include "support/ownership.hpp"

#include <catch2/catch.hpp>

#include "storage/open.hpp"
#include "support/temporary_directory.hpp"

using namespace dontgoback;
using namespace dontgoback::storage;
using Catch::Contains;
using Catch::Equals;

namespace {

constexpr const char* kSchema[] = {
    "CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, secret TEXT)",
    "CREATE TABLE letters (id INTEGER PRIMARY KEY, person INTEGER REFERENCES people (id) ON DELETE CASCADE)",
    "CREATE TABLE pages (letter INTEGER REFERENCES letters (id) ON DELETE CASCADE, n INTEGER, PRIMARY KEY (letter, n)) "
    "WITHOUT ROWID",
    "CREATE TABLE stray (id INTEGER PRIMARY KEY)",
};

test::TableOwners owners() {
  test::TableOwners owners;
  owners.add("modules/people", "people  # who there is\npublishes people: id, name\n");
  owners.add("modules/letters", "letters\npages\n");
  owners.add("src/copies", "exempt: copies every table\n");
  return owners;
}

/// A small database of two owners, and what their statements did that they may not.
class Post {
 public:
  Post() {
    for (const auto* statement : kSchema) run("tests/x.cpp", statement);
    run("tests/x.cpp", "INSERT INTO people (id, name) VALUES (1, 'Kim'), (2, 'Lee')");
    run("tests/x.cpp", "INSERT INTO letters (id, person) VALUES (10, 1)");
    run("tests/x.cpp", "INSERT INTO pages (letter, n) VALUES (10, 1)");
  }

  std::int64_t run(const char* file, const char* text) {
    std::int64_t changed = 0;
    database_->write([&](Connection& connection) { changed = connection.execute(Sql(text, file, 7)); });
    return changed;
  }
  std::vector<std::string> violations() const { return check_.violations(); }

 private:
  test::TemporaryDirectory directory_;
  test::OwnershipCheck check_{owners()};
  std::unique_ptr<Database> database_ =
      open_database({.url = "sqlite:" + (directory_.path() / "post.db").string(), .observer = &check_});
};

constexpr const char* kPeople = "modules/people/store.cpp";
constexpr const char* kLetters = "modules/letters/inner/store.cpp";  // of a folder below the owner's

}  // namespace

TEST_CASE("an owner works on its tables and reads what others publish") {
  Post post;
  post.run(kPeople, "UPDATE people SET secret = 'x' WHERE id = 2");
  post.run(kLetters, "INSERT INTO letters (id, person) VALUES (11, 2)");
  post.run(kLetters, "INSERT INTO letters (id, person) VALUES (11, 1) ON CONFLICT (id) DO UPDATE SET person = 1");
  post.run(kLetters, "SELECT l.id FROM letters l JOIN people p ON p.id = l.person WHERE p.name = 'Kim'");
  post.run(kLetters, "SELECT count(*) FROM people");
  post.run(kLetters, "WITH few AS (SELECT id FROM letters LIMIT 1) SELECT count(*) FROM few");
  post.run(kLetters, "DELETE FROM letters WHERE id = 10");  // and its pages, by their foreign key
  CHECK(post.violations().empty());
}

TEST_CASE("a write to another's table is told with its place, its owner and the statement") {
  Post post;
  const char* const statement =
      GENERATE("UPDATE people SET name = 'Park' WHERE id = 2", "DELETE FROM people WHERE id = 2",
               "INSERT INTO people (id) VALUES (3)", "REPLACE INTO people (id) VALUES (2)");
  post.run(kLetters, statement);
  CHECK_THAT(post.violations(),
             Equals(std::vector<std::string>{std::string(kLetters) +
                                             ":7 writes people, which modules/people owns: " + statement}));
}

TEST_CASE("a read of what is not published is told") {
  Post post;
  post.run(kLetters, "SELECT id FROM letters WHERE person IN (SELECT id FROM people WHERE secret = 'x')");
  REQUIRE(post.violations().size() == 1);
  CHECK_THAT(post.violations()[0], Contains("store.cpp:7 reads people.secret, which modules/people owns"));
  post.run(kPeople, "SELECT count(*) FROM letters");
  CHECK(post.violations().size() == 2);
}

TEST_CASE("rows of others that a foreign key removes are told, and none are where the owner was before") {
  Post post;
  post.run(kPeople, "DELETE FROM people WHERE id = 2");
  CHECK(post.violations().empty());
  post.run(kPeople, "DELETE FROM people WHERE id = 1");
  REQUIRE(post.violations().size() == 2);
  CHECK_THAT(post.violations()[0], Contains("changes rows of letters by a foreign key or a trigger"));
  CHECK_THAT(post.violations()[1], Contains("changes rows of pages by a foreign key or a trigger"));
}

TEST_CASE("a trigger answers as its statement does") {
  Post post;
  post.run("tests/x.cpp",
           "CREATE TRIGGER greet AFTER INSERT ON people BEGIN INSERT INTO letters (person) VALUES (new.id); END");
  post.run(kPeople, "INSERT INTO people (id) VALUES (3)");
  REQUIRE(!post.violations().empty());
  CHECK_THAT(post.violations()[0], Contains("letters"));
}

TEST_CASE("a table without an owner is nobody's, and an exempt folder's statements may be about all") {
  Post post;
  post.run("src/copies/copy.cpp", "DELETE FROM people");
  post.run("src/copies/copy.cpp", "DELETE FROM stray");
  CHECK(post.violations().empty());
  post.run(kPeople, "DELETE FROM stray");
  REQUIRE(post.violations().size() == 1);
  CHECK_THAT(post.violations()[0], Contains("writes stray, which nobody owns"));
}

TEST_CASE("foreign keys hold as before after a statement was examined") {
  Post post;
  CHECK_THROWS_AS(post.run(kLetters, "INSERT INTO letters (id, person) VALUES (12, 99)"), std::runtime_error);
}

TEST_CASE("tables.txt is refused where it cannot be meant") {
  test::TableOwners owners;
  owners.add("a", "one");
  CHECK_THROWS_WITH(owners.add("b", "one"), Contains("two owners"));
  CHECK_THROWS_WITH(owners.add("c", "publishes one: id"), Contains("before"));
  CHECK_THROWS_WITH(owners.add("d", "two\npublishes two"), Contains("no columns"));
}
