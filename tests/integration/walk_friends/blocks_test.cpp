#include "friends_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

/// All that Bob can see of Ann.
std::string seen_by(Friends& f, const WalkWorld::Walker& who, const WalkWorld::Walker& of) {
  std::string text = f.relation(who, of);
  for (const auto* list : {"", "/requests", "/requests?direction=out", "/blocks"}) {
    text += "\n" + std::string(list) + ":";
    for (const auto& name : f.names(who, list)) text += " " + name;
  }
  return text;
}

}  // namespace

TEST_CASE("Who is blocked sees what it would see of who removed it, took back, or does not answer") {
  Friends f(ON_EACH_DATABASE());
  enum class Before { nothing, friends, asked, asked_by, refused };
  const auto before = GENERATE(Before::nothing, Before::friends, Before::asked, Before::asked_by, Before::refused);
  CAPTURE(static_cast<int>(before));
  // Dan does to Bob what Ann does, but for the block.
  const auto dan = f.world.walker("dan");
  for (const auto& each : {f.ann, dan}) {
    if (before == Before::friends) f.befriend(each, f.bob);
    if (before == Before::asked || before == Before::refused) REQUIRE(f.ask(f.bob, each).status == 201);
    if (before == Before::refused) REQUIRE(f.decline(each, f.bob) == 204);
    if (before == Before::asked_by) REQUIRE(f.ask(each, f.bob).status == 201);
  }
  REQUIRE(f.block(f.ann, f.bob) == 204);
  REQUIRE(f.block(f.ann, f.bob) == 204);
  if (before == Before::friends) REQUIRE(f.remove(dan, f.bob) == 204);
  if (before == Before::asked_by) REQUIRE(f.decline(dan, f.bob) == 204);
  CHECK(f.blocks(f.ann) == Names{"bob"});
  CHECK(f.relation(f.ann, f.bob) == "BLOCKED");
  CHECK(f.asked_by(f.ann).empty());
  CHECK(f.friends(f.ann).empty());

  const auto alike = [&] {
    const auto of_ann = seen_by(f, f.bob, f.ann);
    const auto of_dan = seen_by(f, f.bob, dan);
    CHECK(of_ann == of_dan);
    for (const auto* list : {"", "/requests", "/requests?direction=out"}) {
      const auto names = f.names(f.bob, list);
      CHECK(names.contains("ann") == names.contains("dan"));
    }
  };
  const auto both = [&](const auto& act) { CHECK(act(f.ann) == act(dan)); };
  alike();
  f.heard.taken();
  both([&](const auto& whom) { return f.ask(f.bob, whom).status; });
  alike();
  const auto heard = f.heard.taken();
  CHECK(std::ranges::find(heard, Heard::line("asked", f.bob.id, f.ann.id)) == heard.end());
  CHECK(f.asked_by(f.ann).empty());
  both([&](const auto& whom) { return f.accept(f.bob, whom); });
  both([&](const auto& whom) { return f.remove(f.bob, whom); });
  alike();
  both([&](const auto& whom) { return f.decline(f.bob, whom); });
  alike();
  both([&](const auto& whom) { return f.ask(f.bob, whom).status; });

  CHECK(f.ask(f.ann, f.bob).status == 409);  // who blocks has to lift it first
  REQUIRE(f.unblock(f.ann, f.bob) == 204);
  REQUIRE(f.unblock(f.ann, f.bob) == 204);
  alike();
  CHECK(f.blocks(f.ann).empty());
  CHECK(f.asked_by(f.ann).empty());  // what was asked meanwhile stays unanswered
  CHECK(f.ask(f.ann, f.bob).at("/data/relation").as_string() == "FRIEND");
  CHECK(f.both_sides_agree());
}

TEST_CASE("Two may block each other, and each lifts its own block only") {
  Friends f(ON_EACH_DATABASE());
  f.befriend(f.ann, f.bob);
  f.heard.taken();
  REQUIRE(f.block(f.ann, f.bob) == 204);
  CHECK(f.heard.taken() == std::vector{Heard::line("parted", f.ann.id, f.bob.id)});
  REQUIRE(f.block(f.bob, f.ann) == 204);
  CHECK(f.heard.taken().empty());
  CHECK(f.blocks(f.bob) == Names{"ann"});
  REQUIRE(f.unblock(f.bob, f.ann) == 204);
  CHECK(f.blocks(f.ann) == Names{"bob"});
  CHECK(f.ask(f.bob, f.ann).at("/data/relation").as_string() == "REQUESTED");
  CHECK(f.asked_by(f.ann).empty());
  CHECK(f.both_sides_agree());
}
