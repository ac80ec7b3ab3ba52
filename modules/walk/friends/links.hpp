#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "friends.hpp"

// Links, also as QR codes, by which somebody may be asked for friendship without a name.
namespace dontgoback::walk::friends {

inline constexpr std::chrono::hours kLinkLife{7 * 24};
inline constexpr int kMostLinks = 10;  ///< of a walker; one more ends the oldest

struct NewLink {
  std::string token;  ///< which nobody has besides
  std::string id;     ///< what its maker knows it by afterwards, good for nothing else
};
/// In the caller's transaction.
NewLink make_link(storage::Connection& connection, WalkerId walker, time::Timestamp now);
/// Whose it is. `text` is the token, or a whole link that ends with `#` and it.
std::optional<WalkerId> holder_of_link(storage::Connection& connection, std::string_view text, time::Timestamp now);
/// One of the walker's own, by its id. False: there is none.
bool end_link(storage::Connection& connection, WalkerId walker, std::string_view id);
void end_links(storage::Connection& connection, WalkerId walker);

}  // namespace dontgoback::walk::friends
