#include "storage/condition.hpp"

#include <catch2/catch.hpp>

using namespace dontgoback;
using namespace dontgoback::storage;
using Use = Condition::Use;

namespace {

DatabaseTrouble trouble_of(Trouble trouble, const std::string& words = "words") {
  return {trouble, Unavailable::Effect::not_saved, words, "SELECT 'in the log only'"};
}

}  // namespace

TEST_CASE("a database works until a use fails, and again when one has worked; each use by itself") {
  Condition condition;
  CHECK(condition.trouble(Use::read) == std::nullopt);
  CHECK(condition.words(Use::read).empty());
  condition.failed(Use::write, trouble_of(Trouble::full, "the disk is full"));
  CHECK(condition.trouble(Use::write) == Trouble::full);
  CHECK(condition.words(Use::write) == "the disk is full");
  CHECK(condition.trouble(Use::read) == std::nullopt);
  condition.worked(Use::read);
  CHECK(condition.trouble(Use::write) == Trouble::full);
  condition.failed(Use::write, trouble_of(Trouble::read_only, "mounted read-only"));
  CHECK(condition.words(Use::write) == "mounted read-only");
  condition.worked(Use::write);
  CHECK(condition.trouble(Use::write) == std::nullopt);
  CHECK(condition.words(Use::write).empty());
  condition.failed(Use::write, trouble_of(Trouble::away, "again"));
  CHECK(condition.words(Use::write) == "again");
}

TEST_CASE("work that met others says nothing of the database") {
  Condition condition;
  condition.failed(Use::read, trouble_of(Trouble::crowded));
  CHECK(condition.trouble(Use::read) == std::nullopt);
  condition.failed(Use::read, trouble_of(Trouble::away, "away"));
  condition.failed(Use::read, trouble_of(Trouble::crowded, "crowded"));
  CHECK(condition.words(Use::read) == "away");
}

TEST_CASE("damage stays, whatever works afterwards") {
  Condition condition;
  CHECK(condition.damage().empty());
  condition.failed(Use::read, trouble_of(Trouble::damaged, "a page"));
  CHECK(condition.damage() == "a page");
  condition.worked(Use::read);
  condition.failed(Use::write, trouble_of(Trouble::full));
  condition.worked(Use::write);
  CHECK(condition.trouble(Use::read) == std::nullopt);
  CHECK(condition.damage() == "a page");
}
