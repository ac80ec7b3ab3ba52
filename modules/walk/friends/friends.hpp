#pragma once

#include <string_view>
#include <vector>

#include "dontgoback/module.hpp"
#include "fragments.hpp"
#include "walkers/walkers.hpp"

// Who walks with whom.
namespace dontgoback::walk::friends {

/// What `walker` has to do with the other; as it is stored, a row for each side. Two are friends by two rows; who
/// `asked` may meet any row or none on the other side, and is not told which.
enum class Kind {
  asked = 1,     ///< it asked the other
  asked_by = 2,  ///< and the other one's row
  friends = 3,
  blocks = 4,   ///< the other side sees what it would see of who does not answer, or has gone
  refused = 5,  ///< it was asked and said no: the other side still has `asked`, or has taken that back
};

inline constexpr std::int64_t kMostFriends = 500;
inline constexpr std::int64_t kMostPending = 100;  ///< asked and not answered yet
inline constexpr std::int64_t kMostAskedBy = 500;  ///< and those who wait for an answer
inline constexpr std::int64_t kMostBlocked = 500;

bool are_friends(storage::Connection& connection, WalkerId one, WalkerId other);
/// Whether the other is in one of the walker's own lists: a friend, asked, who asks, or blocked.
bool is_listed(storage::Connection& connection, WalkerId walker, WalkerId other);
/// Those that take part, in order of id; at most kMostFriends.
std::vector<WalkerId> friends_of(storage::Connection& connection, WalkerId walker);

/// The topic of shared::State that is told whose friends are others now: the inside numbers of two walkers, a
/// comma between.
inline constexpr std::string_view kChangedTopic = "walk/friends";

/// What a part does when friendships change: in the transaction that does it, which may run more than once.
class Listener {
 public:
  virtual ~Listener() = default;
  virtual void asked(storage::Connection&, WalkerId /*by*/, WalkerId /*other*/, time::Timestamp) const {}
  /// `by` said yes to `other`, who had asked; or both had asked.
  virtual void became_friends(storage::Connection&, WalkerId /*by*/, WalkerId /*other*/, time::Timestamp) const {}
  /// Neither hears of the other any more: removed or blocked.
  virtual void parted(storage::Connection&, WalkerId /*one*/, WalkerId /*other*/) const {}
};
using Listeners = std::vector<const Listener*>;

/// Adds /api/v1/friends. `sessions` tells which walker asks. All are to live as long as the router.
void add_routes(Host& host, const http::Authenticator& sessions, const Listeners& listeners);

/// Friendships and links go with their walker, or become another's.
const walkers::Subscriber& subscriber();
/// Friends, requests and blocks of a walker, as its own lists show them.
const walkers::Exporter& exporter();

}  // namespace dontgoback::walk::friends
