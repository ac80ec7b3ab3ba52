#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/search/sealing.hpp"
#include "dontgoback/text/percent.hpp"
#include "support/core/feed_talk.hpp"

namespace dontgoback::test {

using Ids = std::vector<std::int64_t>;

/// Posts with those ids, as if written long ago.
inline void put(World& world, const std::map<std::int64_t, std::string>& posts, UserId author) {
  world.database.write([&](storage::Connection& connection) {
    for (const auto& [id, content] : posts) {
      connection.execute(
          "INSERT INTO posts (id, user_id, author, author_type, content, created_at, updated_at) VALUES (:id, :author, "
          "'1만', 1, :content, 0, 0)",
          id, author, content);
    }
  });
}
inline void put(World& world, std::int64_t id, const std::string& content, UserId author) {
  put(world, {{id, content}}, author);
}

inline std::int64_t seal(World& world) {
  return core::search::seal(
      world.database, [] { return true; }, [](auto) {});
}

inline std::string search_path(std::string_view words, std::string_view more = "") {
  return "/api/v1/search/feeds?q=" + text::percent_encoded(words) + std::string(more);
}

/// All that is found, page by page, the newest first.
inline Ids found(Browser& browser, std::string_view words, int size = 50) {
  Ids all;
  std::int64_t before = 0;
  do {
    const auto page =
        browser.get(search_path(words, "&size=" + std::to_string(size) + "&lastFeedId=" + std::to_string(before)));
    INFO(page.body);
    REQUIRE(page.status == 200);
    for (const auto id : posts_in(page)) all.push_back(id);
    const auto next = page.at("/data/nextFeedId");
    before = next.is_null() ? 0 : next.as_int64();
  } while (before != 0);
  return all;
}

}  // namespace dontgoback::test
