#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/module.hpp"
#include "dontgoback/ports/push_devices.hpp"
#include "friends/friends.hpp"
#include "steps/steps.hpp"
#include "walkers/walkers.hpp"

// What walkers are told, on the page and in the app, and while these are closed. Nothing here knows of accounts'
// notifications, nor they of these.
namespace dontgoback::walk::notices {

/// The number is the column's.
enum class Kind {
  friend_request = 0,
  friend_accept = 1,
  overtaken = 2,
  goal = 3,
  cheer = 4,
};
inline constexpr std::array kKinds{Kind::friend_request, Kind::friend_accept, Kind::overtaken, Kind::goal, Kind::cheer};
/// `FRIEND_REQUEST`, `FRIEND_ACCEPT`, `OVERTAKEN`, `GOAL`, `CHEER`.
std::string_view to_string(Kind kind);

/// A walker keeps so many; the oldest go.
inline constexpr int kKept = 300;
/// Unread ones are counted up to this.
inline constexpr int kCounted = 100;
/// What is older is removed.
inline constexpr time::Timestamp::duration kLife = std::chrono::days(90);
/// By one friend a walker is overtaken once in so long.
inline constexpr std::chrono::hours kOvertakenEvery{1};
/// Of so many things, and of each of them, a walker's devices are told in so long.
inline constexpr std::chrono::minutes kPause{10};
inline constexpr int kMostInPause = 20;

inline constexpr std::size_t kMostDevices =
    10;  ///< of a walker; one more replaces the one that was not seen the longest
/// A device that has not shown itself for so long is removed: FCM takes its token for expired then, too.
inline constexpr time::Timestamp::duration kUnseen = std::chrono::days(270);
/// And a browser for which the push service has refused all pushes for so long.
inline constexpr time::Timestamp::duration kFailing = std::chrono::days(7);

/// The topic of shared::State that is told which walker has news: its inside number.
inline constexpr std::string_view kNewsTopic = "walk/notices";
/// The outbox topic of pushes to walkers' devices (push::Device).
inline constexpr std::string_view kPushTopic = "walk-pushes";

struct Told {
  WalkerId to;
  Kind kind;
  std::optional<WalkerId> other;  ///< who did it
  std::int64_t amount = 0;        ///< of a goal: how many steps
  time::Timestamp now;
};
/// Tells a walker something, in the transaction of its cause: in the list, on open pages, and by its devices. Nothing
/// when it takes no part, does not want the kind, or was overtaken by that friend a moment ago.
void tell(storage::Connection& connection, const Told& told);

/// When the walker was last cheered on by the other, as far as its list goes back.
std::optional<time::Timestamp> last_cheer(storage::Connection& connection, WalkerId walker, WalkerId by);

/// What is told of friendships: requests, and that they were accepted. Who parted hears of the other no more.
const friends::Listener& of_friendships();
/// Friends are told that they were overtaken.
const steps::Listener& of_steps();

/// Where browsers may be subscribed besides push services: the origin of a stand-in for tests; empty: nowhere.
using TestService = std::string;

/// Whether it can be a registration token of Firebase Cloud Messaging.
bool is_app_token(std::string_view text);
/// Tells the walker's app by such a token from now on, in place of what the session had; session 0: of a device that
/// has none. In the caller's transaction.
void register_app(storage::Connection& connection, WalkerId walker, std::int64_t session, std::string_view token,
                  time::Timestamp now);

/// For who delivers.
std::shared_ptr<ports::PushDevices> devices(Host& host, const TestService& test_service);

class Streams;
std::shared_ptr<Streams> make_streams(Host& host);

/// Adds /api/v1/walkers/notifications, /settings and /devices, and the cheer to a friend. `sessions` tells which walker
/// asks. All are to live as long as the router; the streams are to end before the database.
void add_routes(Host& host, const http::Authenticator& sessions, Streams& streams, const TestService& test_service);

/// Removes what is too old, once a day.
jobs::Job purge(Host& host);

/// What a walker was told, what it chose of that, and how many devices it has.
const walkers::Exporter& exporter();

/// What a walker is told, and its devices, go with it, or become another's.
const walkers::Subscriber& subscriber();

}  // namespace dontgoback::walk::notices
