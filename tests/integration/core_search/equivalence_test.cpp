// What is found is what reading all texts would find.
#include <map>
#include <random>

#include "core/feed/text.hpp"
#include "core/parts.hpp"
#include "core/search/finder.hpp"
#include "search_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::core;
using namespace dontgoback::test;

namespace {

using Random = std::mt19937;

/// Few letters of many kinds, so that words meet.
std::string some_text(Random& random, int longest) {
  static const std::vector<std::string> kLetters{"사", "과", "나", "무", "a", "A", "b",  "É",  "e\u0301",
                                                 "ß",  "s",  "S",  "😀",  "👍", "7", "+",  " ",  " ",
                                                 ", ", "!",  "ㅋ", "ﬁ",  "f", "i", "漢", "か", "\u200b"};
  std::string text;
  for (int i = 1 + static_cast<int>(random()) % longest; i > 0; --i) text += kLetters[random() % kLetters.size()];
  return text;
}

/// What there is, as its authors know it.
class Posts {
 public:
  Posts(World& world, Random& random) : world_(world), author_(world.node.create_user()), random_(random) {}

  void write_some(int count) {
    for (int i = 0; i < count; ++i) {
      const auto id = 1 + static_cast<std::int64_t>(random_() % (4 * 4096));
      const auto content = feed_text(30);
      if (content.empty() || texts_.contains(id)) continue;
      texts_[id] = content;
    }
    put(world_, texts_, author_);
  }
  void change_some(int count) {
    for (int i = 0; i < count; ++i) {
      const auto post = std::next(texts_.begin(), static_cast<std::ptrdiff_t>(random_() % texts_.size()));
      if (random_() % 4 == 0) {
        world_.database.write([&](storage::Connection& c) {
          REQUIRE(feed::remove_post(c, parts_.listeners, {post->first}, author_, world_.clock.now()).has_value());
        });
        texts_.erase(post);
        continue;
      }
      const auto content = feed_text(30);
      if (content.empty()) continue;
      world_.database.write([&](storage::Connection& c) {
        REQUIRE(feed::edit_post(c, parts_.listeners, {post->first}, author_, content, world_.clock.now()).has_value());
      });
      post->second = content;
    }
  }

  /// Whether a search finds what it should; how much that is.
  std::size_t check(const search::Query& query, std::size_t size) {
    Ids expected;
    for (auto post = texts_.rbegin(); post != texts_.rend(); ++post) {
      if (search::matches(query, post->second)) expected.push_back(post->first);
    }
    Ids found;
    std::optional<feed::PostId> before = feed::PostId{std::numeric_limits<std::int64_t>::max()};
    while (before) {
      const auto page = world_.database.read([&](storage::Connection& c) {
        return search::find(c, query, *before, size, {UserId{1}, nullptr});
      });
      CHECK(page.posts.size() <= size);
      for (const auto id : page.posts) found.push_back(id.value);
      if (page.next) CHECK(page.next < before);
      before = page.next;
    }
    CHECK(found == expected);
    return expected.size();
  }

 private:
  /// As it is stored.
  std::string feed_text(int longest) {
    const auto text = feed::read_text(some_text(random_, longest));
    return text ? text.value() : std::string();
  }

  World& world_;
  const UserId author_;
  Random& random_;
  const Parts parts_;
  std::map<std::int64_t, std::string> texts_;
};

}  // namespace

TEST_CASE("A search finds what reading all texts would, however they are written, changed and put into the index") {
  World world(ON_EACH_DATABASE());
  Random random(7);
  Posts posts(world, random);
  std::size_t found = 0;
  std::size_t searches = 0;
  const auto check = [&] {
    for (int i = 0; i < 45; ++i) {
      const auto typed = some_text(random, 6);
      const auto query = search::read_query(typed);
      if (!query) continue;
      CAPTURE(typed);
      found += posts.check(query.value(), 1 + random() % 20);
      ++searches;
    }
  };
  posts.write_some(300);
  check();
  // Above the chunks that were used: they are full then.
  put(world, 4 * 4096 + 300, "끝", world.node.create_user());
  for (int round = 0; round < 4; ++round) {
    // A slice or two, and then all of it.
    int asked = 0;
    search::seal(
        world.database, [&] { return round == 3 || ++asked <= 3 + round; }, [](auto) {});
    posts.change_some(30);
    check();
  }
  CHECK(searches > 60);
  CHECK(found > 150);
}
