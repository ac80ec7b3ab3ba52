#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/id.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/module.hpp"
#include "dontgoback/ports/people.hpp"
#include "dontgoback/result.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock.hpp"
#include "fragments.hpp"
#include "provider_options.hpp"
#include "uuid.hpp"

// Who walks: all that other parts know of walkers.
namespace dontgoback::walk::walkers {

/// As the column has it.
enum class Status {
  active = 0,
  suspended = 1,  ///< cannot sign in; friends and boards do not show it
  leaving = 2,    ///< asked to go: as if not there, and removed 14 days later unless it signs in again
};

struct Walker {
  WalkerId id;
  Uuid uuid;
  std::string nickname;  ///< in Normalization Form C; "": has none yet
  Status status = Status::active;
  std::int64_t offset_minutes = 0;  ///< of its clock from UTC, as its device last told: -12 h to +14 h
  bool shares_steps = false;        ///< it has consented to its steps being kept and shown to friends
};

/// Whoever is not there, or is as if not.
inline constexpr Failure kNoWalker{FailureKind::not_found,
                                   {"걷는 사람을 찾을 수 없습니다.", "There is no such walker."}};
/// A walker without consent has no steps.
inline constexpr Failure kNoConsent{
    FailureKind::forbidden,
    {"걸음 수를 기록하려면 먼저 동의가 필요합니다.", "Steps are kept only after you have consented to it."}};

std::optional<Walker> find(storage::Connection& connection, WalkerId id);
std::optional<Walker> find_by_uuid(storage::Connection& connection, const Uuid& uuid);
/// By the exact nickname, but for case and normalization; active ones only.
std::optional<Walker> find_by_nickname(storage::Connection& connection, std::string_view nickname);

/// Its device's clock has another offset now. In the caller's transaction.
void set_offset(storage::Connection& connection, WalkerId id, std::int64_t offset_minutes);
/// Holds the walker against other writers until the transaction ends. Whether it is there.
bool lock_walker(storage::Connection& connection, WalkerId id);

/// Whether the session goes on, and its walker takes part: for what stays open longer than a call, which asks when
/// kSessionEndedTopic tells of the session, when messages were lost, and now and then. A look-up by key.
bool is_live(storage::Connection& connection, WalkerId walker, std::int64_t session);
/// The topic of shared::State that is told which sessions ended: a session's number. A command in a process of its own
/// may tell nobody.
inline constexpr std::string_view kSessionEndedTopic = "walk/sessions/ended";

/// What a part does with its own rows when something becomes of a walker: inside the transaction that does it, which
/// may run more than once. An exception undoes all of it. Called from any thread.
class Subscriber {
 public:
  virtual ~Subscriber() = default;
  /// Suspended, leaving, or active again. Nobody else is told.
  virtual void status_changed(storage::Connection&, WalkerId, Status /*before*/, Status /*after*/,
                              time::Timestamp /*now*/) const {}
  /// It has another nickname, or none.
  virtual void renamed(storage::Connection&, WalkerId) const {}
  /// What `from` has is to be `to`'s, as far as it can be; `from` is removed next.
  virtual void merged(storage::Connection&, WalkerId /*from*/, WalkerId /*to*/) const {}
  /// Removes some of what a walker has that may be much: at most a transaction's worth. Whether nothing of it is left.
  virtual bool removed_some(storage::Connection&, WalkerId) const { return true; }
  /// About to be removed: not a row may be left.
  virtual void removed(storage::Connection&, WalkerId) const {}
};
using Subscribers = std::vector<const Subscriber*>;

/// What a part has of a walker, in what its owner is given of it.
class Exporter {
 public:
  virtual ~Exporter() = default;
  /// The member that it writes: a literal that needs no escape.
  virtual std::string_view name() const = 0;
  /// Writes one value, without anybody's inside number, and of others what their owners show the walker.
  virtual void write(storage::Connection& connection, WalkerId walker, json::Writer& writer) const = 0;
};
using Exporters = std::vector<const Exporter*>;

/// What configuration and core decide.
struct Settings {
  std::filesystem::path key_file;
  std::vector<ProviderSettings> providers;
  std::shared_ptr<ports::People> people;  ///< null: no core is known, and there are phones only
};

/// Whose a token is.
struct Holder {
  WalkerId walker;
  Uuid uuid;
  std::int64_t session = 0;
};

/// Sessions of walkers, and the routes below /api/v1/walkers that are theirs alone.
class Walkers {
 public:
  /// Adds the routes. `subscribers` and `exporters` are to live as long. Throws std::invalid_argument, naming the
  /// option, when the key file does not open the key in the database.
  Walkers(Host& host, const Settings& settings, Subscribers subscribers, Exporters exporters = {});
  ~Walkers();

  /// Tells which walker asks: by `Authorization: Bearer` alone for phones, or the cookie of the page. Lives as long as
  /// this.
  const http::Authenticator& authenticator() const;
  /// Whose an access token from elsewhere is (gRPC's metadata). kBadToken; unavailable when it cannot be judged now.
  /// Mostly out of memory; blocks once a second, and on every call where nodes tell one another nothing. Any thread
  /// that may.
  Result<Holder> holder_of(std::string_view access_token) const;
  /// The same out of memory. Nothing when it would have to block. Any thread.
  std::optional<Result<Holder>> known_holder_of(std::string_view access_token) const;

 private:
  struct Inner;
  std::unique_ptr<Inner> inner_;
};

/// The file that seals walk's key is called so in a backup.
inline constexpr std::string_view kKeyFile = "walk-key";
/// Makes the key in the database, and the file that seals it, where there are none yet. Throws as the constructor of
/// Walkers does.
void make_keys(storage::Database& database, const std::filesystem::path& key_file);
/// Whether the file in a copy of a node opens the key in its database: what is wrong.
std::vector<std::string> check_keys(const backup::Copy& copy);
/// The way out when the file is lost: forgets the key in the database, who is signed in, and who signs in to which
/// walker. How many sessions there were.
std::int64_t reset_keys(storage::Database& database);

/// Daily: walkers who left; hourly: what has expired.
std::vector<jobs::Job> own_jobs(Host& host, const Subscribers& subscribers);
/// `dontgoback walkers list | show | rename | remove-nickname | suspend | lift | reset-keys`
std::vector<Command> commands(const Subscribers& subscribers);

}  // namespace dontgoback::walk::walkers
