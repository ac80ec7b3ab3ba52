#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "dontgoback/result.hpp"
#include "dontgoback/storage/database.hpp"
#include "friends/friends.hpp"
#include "store.hpp"
#include "tokens.hpp"

// What walkers of the first release's clients may do. Of everybody else nothing here sees or changes anything.
namespace dontgoback::walk::first_release {

/// A token's first use → its predecessor is theft.
inline constexpr std::chrono::seconds kRenewalGrace{30};

struct Pair {
  std::string access_token;
  std::string refresh_token;
};

/// Any thread that may block.
class Service {
 public:
  Service(storage::Database& database, const time::Clock& clock, const Tokens& tokens,
          const friends::Listeners& listeners, const walkers::Subscribers& subscribers)
      : database_(database), clock_(clock), tokens_(tokens), listeners_(listeners), subscribers_(subscribers) {}

  /// A new walker each time: nothing proves that who asks has been here before.
  Pair sign_up() const;
  /// Nothing: the token is good. Else what the first release would say of it.
  std::optional<std::string_view> why_not_signed_in(std::string_view access_token) const;
  /// What an access token stands for; nothing for one that is not good.
  std::optional<Secret> secret_in(std::string_view access_token) const;
  /// Whose access token it is.
  std::optional<Row> holder_of(std::string_view access_token) const;
  /// The next pair for a refresh token; nothing for one that is not good. One that was replaced long ago is theft, and
  /// ends its successors.
  std::optional<Pair> renew(std::string_view refresh_token) const;
  /// Ends the refresh tokens of who has this secret. Nothing where nobody has it.
  void sign_out(std::string_view uuid) const;
  /// Removes who has this secret.
  void leave(std::string_view uuid) const;

  /// What is left out stays.
  struct Update {
    std::optional<std::string> nickname;
    std::optional<std::string> app_token;
    std::optional<std::int64_t> daily_steps;
  };
  /// invalid, conflict (the nickname is taken). False: nobody has this secret.
  Result<bool> update(std::string_view uuid, const Update& update) const;

  enum class Befriended {
    done,
    no_friend,   ///< nobody has the friend's nickname
    no_self,     ///< or the own one
    no_request,  ///< there is nothing to accept
    again,       ///< that was done before
  };
  /// By nicknames, which is all that the first release knows. invalid, conflict as friends::ask says.
  Result<Befriended> ask(std::string_view sender, std::string_view friend_nickname) const;
  Result<Befriended> accept(std::string_view recipient, std::string_view friend_nickname) const;

  /// What friends are known by.
  std::vector<walkers::Uuid> friends_of(const Row& walker) const;
  /// Who has this secret.
  std::optional<Row> find(const Secret& secret) const;
  /// It is in use: noted once a day.
  void touch(const Row& walker) const;

 private:
  using Act = std::function<void(storage::Connection&, const Row&, time::Timestamp)>;
  /// Whether somebody has this secret, for whom `act` is called in a transaction. The walker is locked.
  bool act(std::string_view uuid, const Act& act) const;
  std::optional<Row> active(storage::Connection& connection, const Secret& secret) const;

  storage::Database& database_;
  const time::Clock& clock_;
  const Tokens& tokens_;
  const friends::Listeners& listeners_;
  const walkers::Subscribers& subscribers_;
};

}  // namespace dontgoback::walk::first_release
