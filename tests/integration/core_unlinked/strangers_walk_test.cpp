// What a stranger can find out about who wrote something unlinked who reads all answers, remembers them, and joins them
// by name, colour, day, time, and by what is missing from one list or goes together with something else.
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <iterator>

#include "scene.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kAmong = 20;

using Row = boost::json::object;
using Rows = std::map<std::int64_t, Row>;

std::string text_in(const Row& row, std::string_view member) { return std::string(row.at(member).as_string()); }

Rows unlinked(const Rows& rows) {
  Rows found;
  for (const auto& [id, row] : rows) {
    if (Sight::is_unlinked(row)) found.emplace(id, row);
  }
  return found;
}

Network::Known shown_in(const Row& row) {
  return {text_in(row, "author"), text_in(row, row.contains("feedType") ? "feedType" : "commentType")};
}

/// Who may be behind one face, by all that was shown of it: whoever would be shown so on the day when it first was.
class Candidates {
 public:
  explicit Candidates(const Scene& scene) : scene_(scene) {}

  void see(const Row& row) {
    const bool is_post = row.contains("feedType");
    const std::pair face(row.at("feedId").as_int64(), is_post ? 0 : row.at("face").as_int64());
    const auto day = std::ranges::find(scene_.days, text_in(row, "createdAt").substr(0, 10)) - scene_.days.begin();
    auto& first = first_day_.try_emplace({face, shown_in(row)}, day).first->second;
    first = std::min(first, day);
  }

  /// Of each face, and whether a name is told of it at all.
  struct Of {
    std::set<std::int64_t> accounts;
    bool named = false;
    std::string shown;
  };
  std::vector<Of> all() const {
    std::map<Face, Of> found;
    for (const auto& [shown, day] : first_day_) {
      const auto& [face, name] = shown;
      const auto& bearers = scene_.shown.at(static_cast<std::size_t>(day));
      const auto among = bearers.contains(name) ? bearers.at(name) : std::set<std::int64_t>();
      auto& of = found[face];
      std::set<std::int64_t> both;
      std::ranges::set_intersection(of.accounts, among, std::inserter(both, both.end()));
      of.accounts = of.shown.empty() ? among : both;
      of.named = of.named || name.name != "익명";
      of.shown += name.name + " " + name.colour + " ";
    }
    std::vector<Of> list;
    for (auto& [face, of] : found) list.push_back(std::move(of));
    return list;
  }

 private:
  using Face = std::pair<std::int64_t, std::int64_t>;

  const Scene& scene_;
  std::map<std::pair<Face, Network::Known>, std::ptrdiff_t> first_day_;
};

/// Nothing but what a stranger is to know of it.
void check_row(const Row& row) {
  static const std::set<std::string> kKnown{"feedId",      "commentId", "parentCommentId", "userId",  "content",
                                            "author",      "userRole",  "unlinked",        "face",    "feedType",
                                            "commentType", "likeCount", "subCommentCount", "isLiked", "commentCount",
                                            "createdAt",   "updatedAt", "deletedAt",       "savedId"};
  for (const auto& [name, value] : row) {
    INFO(std::string(name));
    CHECK(kKnown.contains(std::string(name)));
  }
  CHECK(row.at("userId") == 0);
  CHECK(row.at("userRole") == "USER");
  CHECK(row.at("updatedAt") == row.at("createdAt"));
  CHECK(text_in(row, "author") != "");
  if (text_in(row, "author") == "익명") CHECK(shown_in(row).colour == "BLUE");
  if (row.contains("face")) CHECK(row.at("face").as_int64() < 20);
}

/// Neither the account that writes unlinked alone nor its session is anywhere but where the account itself is asked
/// for.
void check_secret(const Sight& sight) {
  for (const auto& [path, answer] : sight.answers) {
    if (path.find(std::to_string(kSecret)) != std::string::npos) continue;
    INFO(path);
    std::string all = answer.body;
    for (const auto& [name, value] : answer.fields) all += "\n" + name + ": " + value;
    for (const auto trace : {kSecret, kSecretSession}) {
      CHECK(all.find(std::to_string(trace)) == std::string::npos);
    }
    CHECK(answer.status < 500);
  }
}

/// Nobody's profile lists anything unlinked, and nobody is who writes it.
void check_nobody(const Sight& sight) {
  for (const auto& [path, answer] : sight.answers) {
    INFO(path);
    const bool is_nobody = path.find("userId=0") != std::string::npos || path.find("userId=-") != std::string::npos ||
                           path.find("users/0") != std::string::npos || path.find("users/-") != std::string::npos;
    if (is_nobody) CHECK((answer.status == 400 || answer.status == 404));
    if (path.find("feeds/profile") != std::string::npos || path.find("unlinked") != std::string::npos) {
      CHECK(answer.body.find("\"unlinked\":true") == std::string::npos);
    }
  }
}

/// No moment of what is unlinked is one of anything that an account is known by.
void check_moments(const Sight& sight) {
  std::set<std::string> of_accounts;
  const auto linked = [&](const Rows& rows) {
    for (const auto& [id, row] : rows) {
      if (!Sight::is_unlinked(row)) of_accounts.insert(text_in(row, "createdAt"));
    }
  };
  linked(sight.posts);
  linked(sight.comments);
  for (const auto& [path, answer] : sight.answers) {
    if (path.find("asset-histories") == std::string::npos || answer.status != 200) continue;
    const auto latest = answer.at("/data/latestChangedAt");
    if (latest.is_string()) of_accounts.insert(std::string(latest.as_string()));
  }
  for (const auto& rows : {unlinked(sight.posts), unlinked(sight.comments)}) {
    for (const auto& [id, row] : rows) CHECK_FALSE(of_accounts.contains(text_in(row, "createdAt")));
  }
}

void check_sight(const Sight& sight) {
  for (const auto& rows : {unlinked(sight.posts), unlinked(sight.comments)}) {
    for (const auto& [id, row] : rows) {
      INFO(boost::json::serialize(row));
      check_row(row);
    }
  }
  check_secret(sight);
  check_nobody(sight);
  check_moments(sight);
}

/// What a row says but for counts, which what others do moves.
Row lasting(Row row) {
  for (const auto* count : {"likeCount", "commentCount", "subCommentCount", "isLiked", "savedId"}) row.erase(count);
  return row;
}

/// All but what others said below a post that is gone, which goes whoever said it.
void check_stays(const Rows& before, const Rows& after, const std::vector<std::int64_t>& gone = {}) {
  const auto now = unlinked(after);
  for (const auto& [id, row] : unlinked(before)) {
    INFO(boost::json::serialize(row));
    if (std::ranges::find(gone, row.at("feedId").as_int64()) != gone.end()) continue;
    REQUIRE(now.contains(id));
    CHECK(lasting(now.at(id)) == lasting(row));
  }
}

/// Something became of an account: what goes is its own under its name, or what somebody said to that; and what is
/// unlinked stays as it was.
template <class Do>
void check_event(Scene& scene, Stranger& who, std::string_view what, Do happens) {
  INFO(what);
  const auto before = who.look(scene.people());
  happens();
  const auto after = who.look(scene.people());
  const auto gone = vanished(before.posts, after.posts);
  CHECK(gone.size() == 1);
  for (const auto id : gone) REQUIRE(before.posts.at(id).at("userId").as_int64() == scene.both_id.value);
  check_stays(before.posts, after.posts);
  check_stays(before.comments, after.comments, gone);
  check_sight(after);
}

void put(Browser& browser, const std::string& path) { REQUIRE(browser.send("PUT", path).status == 204); }
void take(Browser& browser, const std::string& path) { REQUIRE(browser.send("DELETE", path).status == 204); }

void check_names(const Scene& scene, const Sight& sight, std::set<std::string>& kinds) {
  Candidates candidates(scene);
  for (const auto& rows : {unlinked(sight.posts), unlinked(sight.comments)}) {
    for (const auto& [id, row] : rows) candidates.see(row);
  }
  for (const auto& of : candidates.all()) {
    INFO(of.shown << "has " << of.accounts.size());
    // Where there are so many, who has no name is one of them, too.
    const bool are_few = scene.network.members().size() < kAmong;
    CHECK(((are_few && !of.named) || of.accounts.size() >= kAmong));
    kinds.insert(!of.named ? "none" : of.shown.find("대 ") != std::string::npos ? "band" : "exact");
  }
}

/// Another one's notifications tell of a face by its name.
void check_told(Scene& scene, const Sight& sight) {
  const auto told = sight.answers.at("/api/v1/notifications?size=50").at("/data/notifications").as_array();
  CHECK(told.size() >= 2);
  std::set<std::string> faces{"익명"};
  for (const auto& day : scene.shown) {
    for (const auto& [name, bearers] : day) faces.insert(name.name);
  }
  for (const auto& each : told) {
    const auto text = std::string(each.at("text").as_string());
    const auto name = text.substr(0, text.find("님"));
    INFO(text);
    const auto linked = scene.network.known().at(scene.common_id.value).name;
    CHECK((faces.contains(name) || name == linked));
  }
}

void walk(storage::Dialect dialect, int size, const std::set<std::string>& expected) {
  Scene scene(dialect, size);
  std::set<std::string> kinds;
  scene.first_day();
  auto sight = scene.watcher.look(scene.people());
  REQUIRE(unlinked(sight.posts).size() == 6);
  REQUIRE(unlinked(sight.comments).size() >= 7);
  check_sight(sight);
  check_names(scene, sight, kinds);
  check_told(scene, sight);

  scene.second_day();
  for (auto* who : {&scene.watcher, &scene.guest}) {
    sight = who->look(scene.people());
    check_sight(sight);
    check_names(scene, sight, kinds);
  }
  CHECK(std::ranges::includes(kinds, expected));
  if (scene.network.members().size() < kAmong) CHECK(kinds == std::set<std::string>{"none"});

  const auto of_both = std::to_string(scene.both_id.value);
  const auto of_watcher = std::to_string(scene.watcher_id.value);
  auto& watcher = scene.watcher;
  check_event(scene, watcher, "a block", [&] { put(watcher.browser, "/api/v1/blocks/" + of_both); });
  take(watcher.browser, "/api/v1/blocks/" + of_both);
  check_event(scene, watcher, "being blocked", [&] { put(scene.both, "/api/v1/blocks/" + of_watcher); });
  take(scene.both, "/api/v1/blocks/" + of_watcher);

  const auto admin_id = scene.world.node.create_user("ADMIN");
  auto admin = scene.world.node.signed_in(admin_id);
  const std::string because = R"({"reason":"x"})";
  check_event(scene, scene.guest, "a suspension",
              [&] { REQUIRE(admin.post("/api/v1/admin/users/" + of_both + "/suspend", because).status == 200); });
  REQUIRE(admin.post("/api/v1/admin/users/" + of_both + "/lift", because).status == 200);
  scene.both = scene.world.node.signed_in(scene.both_id);
  check_event(scene, watcher, "a deactivation",
              [&] { REQUIRE(scene.both.post("/api/v1/users/me/leave", R"({"kind":"INACTIVE"})").status == 200); });
  scene.both = scene.world.node.signed_in(scene.both_id);
  check_event(scene, scene.guest, "a closing",
              [&] { REQUIRE(scene.both.post("/api/v1/users/me/leave", R"({"kind":"CLOSE"})").status == 200); });

  const auto before = watcher.look(scene.people());
  scene.secret = scene.world.node.signed_in(scene.secret_id);
  REQUIRE(scene.secret.post("/api/v1/users/me/leave", R"({"kind":"CLOSE"})").status == 200);
  scene.world.clock.advance(15 * 24h);
  REQUIRE(scene.world.node.scheduler().run_now("account-purge").value() == "removed 2 accounts");
  watcher.browser = scene.world.node.signed_in(scene.watcher_id);
  const auto after = watcher.look(scene.people());
  check_stays(before.posts, after.posts);
  check_stays(before.comments, after.comments);
  check_sight(after);
  CHECK(scene.world.counts_are_right());
  for (const auto* table : {"unlinked_posts", "unlinked_comments", "faces"}) {
    CHECK(scene.world.number("SELECT COUNT(*) FROM " + std::string(table) + " WHERE user_id IN (" + of_both + ", " +
                             std::to_string(kSecret) + ")") == 0);
  }
}

}  // namespace

TEST_CASE("In a network of five a stranger learns nothing of who wrote something unlinked, and no name") {
  walk(ON_EACH_DATABASE(), 5, {"none"});
}

TEST_CASE("In a network of a hundred a stranger has twenty to choose from, or no name") {
  walk(ON_EACH_DATABASE(), 100, {"exact", "none"});
}

TEST_CASE("In a network of ten thousand a stranger has twenty to choose from, or no name") {
  walk(storage::Dialect::sqlite, 10'000, {"band", "exact", "none"});
}
