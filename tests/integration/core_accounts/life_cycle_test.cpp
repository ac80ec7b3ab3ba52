#include "core/parts.hpp"
#include "support/core/world.hpp"

using namespace dontgoback;
using namespace dontgoback::core;
using namespace dontgoback::test;
using accounts::AccountStatus;

namespace {

/// Where rows of an account are kept, but for accounts' own.
constexpr std::array kRowsOf{
    "posts WHERE user_id = ",         "post_likes WHERE user_id = ",      "comments WHERE user_id = ",
    "comment_likes WHERE user_id = ", "sessions WHERE user_id = ",        "asset_snapshots WHERE user_id = ",
    "sign_in_links WHERE user_id = ", "idempotency_keys WHERE user_id = "};

/// The last to hear: what it sees is what the parts before it have left.
struct Listener final : accounts::Subscriber {
  void created(storage::Connection&, UserId user, const accounts::NewAccount&) const override { say("created", user); }
  void signed_in(storage::Connection&, UserId user, time::Timestamp) const override { say("signed in", user); }
  void status_changed(storage::Connection&, const Change& change) const override {
    say(std::string(to_string(change.before)) + " to " + std::string(to_string(change.after)), change.user);
  }
  void merged(storage::Connection&, UserId from, UserId to) const override {
    say("merged into " + std::to_string(to.value), from);
  }
  void removed(storage::Connection& connection, UserId user) const override {
    say("removed", user);
    for (const auto* rows : kRowsOf) {
      const auto sql = std::string("SELECT COUNT(*) FROM ") + rows + std::to_string(user.value);
      INFO(sql);
      CHECK(std::get<0>(connection.one<std::int64_t>(sql).value()) == 0);
    }
  }

  void say(const std::string& what, UserId user) const { heard.push_back(what + ": " + std::to_string(user.value)); }
  mutable std::vector<std::string> heard;
};

/// A node's accounts with all that hear of them, and one more.
struct Heard {
  explicit Heard(World& world) : database(world.database), now(world.clock.now()) {}

  template <class F>
  auto write(F act) {
    return database.write([&](storage::Connection& connection) { return act(connection, life_cycle); });
  }

  storage::Database& database;
  time::Timestamp now;
  Listener listener;
  accounts::LifeCycle life_cycle{{&feed::subscriber(), &notifications::subscriber(), &moderation::subscriber(),
                                  &relations::subscriber(), &assets::subscriber(), &sign_in::subscriber(),
                                  &sessions::subscriber(), &idempotency::subscriber(), &listener}};
};

std::int64_t id_in(const Answer& answer, std::string_view member) {
  return answer.number("/data/" + std::string(member));
}

/// Writes, likes, and keeps an answer: a row in each table.
void live(Browser& browser, std::int64_t others_post) {
  const auto post =
      id_in(browser.send("POST", "/api/v1/feeds", R"({"content":"글"})", {{"Idempotency-Key", "k"}}), "feedId");
  for (const auto below : {post, others_post}) {
    const auto comment =
        id_in(browser.post("/api/v1/comments", R"({"feedId":)" + std::to_string(below) + R"(,"content":"댓글"})"),
              "commentId");
    browser.send("PUT", "/api/v1/commentLikes/" + std::to_string(comment));
    browser.send("PUT", "/api/v1/feedLikes/" + std::to_string(below));
  }
}

}  // namespace

TEST_CASE("Every part hears what becomes of an account, in the transaction that does it") {
  World world(ON_EACH_DATABASE());
  Heard heard(world);
  const accounts::NewAccount wanted{http::Role::user, std::nullopt, heard.now, {}};
  const auto user = heard.write([&](auto& c, auto& life_cycle) { return life_cycle.create(c, wanted); });
  const auto set = [&](AccountStatus status) {
    return heard.write(
        [&](auto& c, auto& life_cycle) { return life_cycle.set_status(c, user, status, "test", heard.now); });
  };
  CHECK(world.number("SELECT COUNT(*) FROM asset_snapshots") == 1);
  CHECK(set(AccountStatus::suspended) == AccountStatus::active);
  CHECK(set(AccountStatus::suspended) == AccountStatus::suspended);
  CHECK(world.number("SELECT COUNT(*) FROM account_history") == 2);
  CHECK(set(AccountStatus::active) == AccountStatus::suspended);
  CHECK(set(AccountStatus::close_requested) == AccountStatus::active);
  heard.write([&](auto& c, auto& life_cycle) { life_cycle.signed_in(c, user, heard.now); });
  heard.write([&](auto& c, auto& life_cycle) { life_cycle.signed_in(c, user, heard.now); });
  CHECK(world.number("SELECT status FROM accounts") == 0);

  const auto id = ": " + std::to_string(user.value);
  CHECK(heard.listener.heard ==
        std::vector<std::string>{"created" + id, "ACTIVE to SUSPENDED" + id, "SUSPENDED to SUSPENDED" + id,
                                 "SUSPENDED to ACTIVE" + id, "ACTIVE to CLOSE_REQUESTED" + id,
                                 "CLOSE_REQUESTED to ACTIVE" + id, "signed in" + id, "signed in" + id});
  const UserId nobody{user.value + 1};
  CHECK_FALSE(heard.write([&](auto& c, auto& life_cycle) {
    return life_cycle.set_status(c, nobody, AccountStatus::active, "test", heard.now);
  }));
}

TEST_CASE("When an account goes, each part has removed its rows before") {
  World world(ON_EACH_DATABASE());
  const auto member = world.node.create_user();
  auto others = world.node.signed_in(member);
  const auto post = id_in(others.post("/api/v1/feeds", R"({"content":"글"})"), "feedId");
  others.send("PUT", "/api/v1/feedLikes/" + std::to_string(post));
  const auto leaving = world.node.create_user();
  auto browser = world.node.signed_in(leaving);
  live(browser, post);
  world.node.sign_in_link(leaving);
  for (const auto* rows : kRowsOf) {
    INFO(rows);
    REQUIRE(world.number(std::string("SELECT COUNT(*) FROM ") + rows + std::to_string(leaving.value)) > 0);
  }

  Heard heard(world);
  const bool merged = GENERATE(false, true);
  heard.write([&](auto& c, auto& life_cycle) {
    accounts::lock_account(c, leaving);
    if (merged) {
      life_cycle.merge(c, leaving, member);
    } else {
      life_cycle.remove(c, leaving);
    }
  });
  CHECK(heard.listener.heard.back() == "removed: " + std::to_string(leaving.value));
  CHECK(heard.listener.heard.size() == (merged ? 2 : 1));
  CHECK(world.counts_are_right());
  CHECK(world.number("SELECT COUNT(*) FROM posts") == (merged ? 2 : 1));
  CHECK(world.number("SELECT COUNT(*) FROM post_likes") == (merged ? 2 : 1));
  CHECK(world.number("SELECT COUNT(*) FROM accounts") == 1);
  CHECK(world.number("SELECT COUNT(*) FROM account_history WHERE user_id = " + std::to_string(leaving.value)) == 0);
}
