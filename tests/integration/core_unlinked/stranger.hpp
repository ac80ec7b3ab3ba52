#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <string>
#include <vector>

#include "support/core/world.hpp"

namespace dontgoback::test {

/// All that somebody is answered who asks for all there is.
struct Sight {
  std::map<std::string, Answer> answers;  ///< by path
  std::map<std::int64_t, boost::json::object> posts, comments;

  /// Of the rows there, and their likes and comments.
  static bool is_unlinked(const boost::json::object& row);
};

/// Somebody who reads everything, and thinks.
class Stranger {
 public:
  Stranger(Browser with, std::string word) : browser(std::move(with)), word_(std::move(word)) {}

  /// Asks for all, also of each of those accounts.
  Sight look(const std::vector<UserId>& users);

  Browser browser;

 private:
  const Answer& ask(Sight& sight, const std::string& path);
  void read_posts(Sight& sight, const std::string& path, std::string_view next);
  void read_comments(Sight& sight, const std::string& path);
  void take(Sight& sight, const boost::json::value& posts);

  const std::string word_;  ///< which everybody writes
};

/// Which rows of `before` are not in `after`.
std::vector<std::int64_t> vanished(const std::map<std::int64_t, boost::json::object>& before,
                                   const std::map<std::int64_t, boost::json::object>& after);

}  // namespace dontgoback::test
