#include "keys/key_ring.hpp"

#include <algorithm>

#include "audit/store.hpp"
#include "dontgoback/security/key_file.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "dontgoback/time/day.hpp"
#include "keys/store.hpp"
#include "registry/store.hpp"

namespace dontgoback::auth {
namespace {

using security::SigningKey;

constexpr Failure kNextIsThere{
    FailureKind::conflict,
    {"다음 키가 이미 공개되어 있습니다.", "a next key is published already; --now lets it sign at once"}};
constexpr Failure kRaced{FailureKind::conflict,
                         {"다른 곳에서 키를 바꾸는 중입니다.", "the keys were changed meanwhile; look at `keys plan`"}};
constexpr Failure kUnknown{FailureKind::not_found, {"그런 키가 없습니다.", "there is no such key"}};

void audit(storage::Connection& connection, const Actor& actor, std::string action, const std::string& kid,
           time::Timestamp now) {
  AuditEntry entry;
  entry.at = now;
  entry.actor = actor;
  entry.action = std::move(action);
  entry.subject = kid;
  entry.result = "done";
  add_entry(connection, entry);
}

KeyPlan planned(const std::vector<KeyTimes>& keys, std::string_view kid, time::Timestamp now) {
  for (auto& entry : plan_of(keys, now)) {
    if (entry.key.kid == kid) return std::move(entry);
  }
  return {};
}

}  // namespace

KeyRing::KeyRing(storage::Database& database, const time::Clock& clock, std::string file_key,
                 security::Algorithm algorithm)
    : database_(database), clock_(clock), file_key_(std::move(file_key)), algorithm_(algorithm) {}

void KeyRing::prepare(const std::filesystem::path& first_release_file) {
  const auto keys = database_.read([](storage::Connection& connection) { return all_keys(connection); });
  if (keys.empty()) {
    const bool imported = std::filesystem::exists(first_release_file);
    const auto key = imported ? security::load_or_create_signing_key(first_release_file, algorithm_)
                              : SigningKey::generate(algorithm_);
    const auto now = clock_.now();
    const SealedKey first{{1, key.kid(), now, now}, sealed(key, file_key_)};
    try {
      database_.write([&](storage::Connection& connection) {
        add_key(connection, first);
        note_change(connection);
        audit(connection, Actor::node(), imported ? "key import" : "key make", key.kid(), now);
      });
      if (imported) {
        telemetry::log_info("the signing key is in the database now; its file is needed no more",
                            {{"file", first_release_file.string()}});
      }
    } catch (const storage::DuplicateKey&) {  // another node was faster: its key is everybody's
    }
    return;
  }
  const auto newest = opened(keys.back(), file_key_);
  if (newest.algorithm() == algorithm_) return;
  if (const auto next = rotate(When::after_publication, Actor::node())) {
    telemetry::log_info("a key of the algorithm that is wanted now will sign",
                        {{"kid", next->key.kid}, {"from", time::to_rfc3339(next->key.signs_from)}});
  }
}

std::vector<KeyPlan> KeyRing::plan() const {
  return plan_of(database_.read([](storage::Connection& connection) { return all_key_times(connection); }),
                 clock_.now());
}

std::vector<KeyDescription> KeyRing::describe() const {
  const auto keys = database_.read([](storage::Connection& connection) { return all_keys(connection); });
  std::vector<KeyTimes> times;
  for (const auto& key : keys) times.push_back(key.times);
  std::vector<KeyDescription> described;
  for (auto& entry : plan_of(times, clock_.now())) {
    const auto algorithm = opened(keys[described.size()], file_key_).algorithm();
    described.push_back({std::move(entry), algorithm});
  }
  return described;
}

std::optional<KeyTimes> KeyRing::insert_next(storage::Connection& connection, const SigningKey& key,
                                             time::Timestamp published_at, time::Timestamp signs_from) const {
  const auto keys = all_key_times(connection);
  if (!keys.empty() && signing_index(keys, published_at) + 1 < keys.size()) return std::nullopt;
  const KeyTimes times{keys.empty() ? 1 : keys.back().sequence + 1, key.kid(), published_at, signs_from};
  // A key whose time was set by a clock that ran ahead must not come after its successor.
  for (const auto& before : keys) {
    if (before.signs_from > published_at) set_signs_from(connection, before.sequence, published_at);
  }
  add_key(connection, {times, sealed(key, file_key_)});
  note_change(connection);
  return times;
}

Result<KeyPlan> KeyRing::rotate(When when, const Actor& actor) {
  const auto fresh = SigningKey::generate(algorithm_);  // outside of the transaction: it takes long
  const auto now = clock_.now();
  const bool at_once = when == When::now;
  try {
    return database_.write([&](storage::Connection& connection) -> Result<KeyPlan> {
      const auto added = insert_next(connection, fresh, now, at_once ? now : now + kPublishedBefore);
      auto keys = all_key_times(connection);
      auto kid = fresh.kid();
      if (!added) {
        if (!at_once) return kNextIsThere;
        kid = keys.back().kid;
        set_signs_from(connection, keys.back().sequence, now);
        note_change(connection);
        keys = all_key_times(connection);
      }
      audit(connection, actor, at_once ? "key rotate now" : "key rotate", kid, now);
      return planned(keys, kid, now);
    });
  } catch (const storage::DuplicateKey&) {
    return kRaced;
  }
}

Result<KeyPlan> KeyRing::retire(std::string_view kid, const Actor& actor) {
  const auto fresh = SigningKey::generate(algorithm_);
  const auto now = clock_.now();
  try {
    return database_.write([&](storage::Connection& connection) -> Result<KeyPlan> {
      const auto keys = all_key_times(connection);
      const auto found = std::find_if(keys.begin(), keys.end(), [kid](const KeyTimes& key) { return key.kid == kid; });
      if (found == keys.end()) return kUnknown;
      const auto index = static_cast<std::size_t>(found - keys.begin());
      if (index == signing_index(keys, now)) {
        if (index + 1 < keys.size()) {
          set_signs_from(connection, keys[index + 1].sequence, now);
        } else {
          const KeyTimes successor{found->sequence + 1, fresh.kid(), now, now};
          add_key(connection, {successor, sealed(fresh, file_key_)});
        }
      }
      remove_key(connection, found->sequence);
      const auto moment = std::chrono::ceil<std::chrono::seconds>(now);
      add_denial(connection, {security::Denial::Kind::key, std::string(kid), moment, moment + kKeptAfterLastToken});
      note_change(connection);
      audit(connection, actor, "key retire", std::string(kid), now);
      const auto left = all_key_times(connection);
      return planned(left, left[signing_index(left, now)].kid, now);
    });
  } catch (const storage::DuplicateKey&) {
    return kRaced;
  }
}

std::string KeyRing::tend(std::chrono::hours every) {
  const auto now = clock_.now();
  const auto times = database_.read([](storage::Connection& connection) { return all_key_times(connection); });
  std::string done;
  if (every.count() > 0) {
    const auto due = next_publication(times, every, now);
    if (due && *due <= now) {
      const auto next = rotate(When::after_publication, Actor::node());
      if (next) done = "published " + next->key.kid + "; ";
    }
  }
  const auto gone = [&](const std::vector<KeyTimes>& keys) {
    std::vector<KeyTimes> ended;
    for (const auto& entry : plan_of(keys, now)) {
      if (entry.state == KeyState::retiring && entry.gone_at && *entry.gone_at <= now) ended.push_back(entry.key);
    }
    return ended;
  };
  if (gone(times).empty() &&
      database_.read([](storage::Connection& connection) { return all_denials(connection).empty(); })) {
    return done.empty() ? "nothing to do" : done;
  }
  const auto [keys, denials] = database_.write([&](storage::Connection& connection) {
    std::size_t removed = 0;
    for (const auto& key : gone(all_key_times(connection))) {
      remove_key(connection, key.sequence);
      audit(connection, Actor::node(), "key forget", key.kid, now);
      ++removed;
    }
    const auto ended = remove_ended_denials(connection, now);
    if (removed > 0 || ended > 0) note_change(connection);
    return std::pair(removed, ended);
  });
  return done + "forgot " + std::to_string(keys) + " keys and " + std::to_string(denials) + " denials";
}

}  // namespace dontgoback::auth
