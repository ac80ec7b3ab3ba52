#include "keys/key_ring.hpp"

#include <algorithm>
#include <stdexcept>

#include "audit/store.hpp"
#include "dontgoback/security/files/secret_file.hpp"
#include "dontgoback/security/jose/jws.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "dontgoback/time/day.hpp"
#include "keys/store.hpp"
#include "state/denial_store.hpp"
#include "state/version_store.hpp"

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
           time::Timestamp now, std::string result = "done") {
  add_entry(connection,
            {.at = now, .actor = actor, .action = std::move(action), .subject = kid, .result = std::move(result)});
}

/// The act's answer when it is refused. What is no key is not named: nobody knows what it is.
Failure refused(storage::Connection& connection, const Actor& actor, std::string action, const Failure& failure,
                time::Timestamp now) {
  audit(connection, actor, std::move(action), {}, now, "refused: " + std::string(failure.message.en));
  return failure;
}

SigningKey key_in(const std::filesystem::path& file) {
  const auto pem = security::read_secret_file(file);
  try {
    return SigningKey::from_pem(pem);
  } catch (const std::runtime_error& no_key) {
    throw std::runtime_error(file.string() + ": " + no_key.what());
  }
}

/// RSA keys made here have 2048 bit; one taken over may have more, which every one of its tokens carries.
void warn_of_size(const SigningKey& key) {
  constexpr std::size_t kOurs = 2048 / 8;
  const auto size = security::parse_jws(key.sign("JWT", "{}"))->signature.size();
  if (size <= kOurs) return;
  telemetry::log_warn(
      "tokens signed with this key may have more than 1 KB, too long for some servers; `keys rotate` gives one of 2048 "
      "bit",
      {{"kid", key.kid()}, {"bits", 8 * size}});
}

KeyPlan planned(const std::vector<KeyTimes>& keys, std::string_view kid, time::Timestamp now) {
  for (auto& entry : plan_of(keys, now)) {
    if (entry.key.kid == kid) return std::move(entry);
  }
  return {};
}

}  // namespace

KeyRing::KeyRing(storage::Database& database, const time::Clock& clock, std::string file_key)
    : database_(database), clock_(clock), file_key_(std::move(file_key)) {}

void KeyRing::prepare(const std::filesystem::path& first_release_file, security::Algorithm algorithm) {
  const auto keys = database_.read([](storage::Connection& connection) { return all_key_times(connection); });
  if (!keys.empty()) return;
  const bool imported = std::filesystem::exists(first_release_file);
  const auto key = imported ? key_in(first_release_file) : SigningKey::generate(algorithm);
  const auto now = clock_.now();
  const SealedKey first{{1, key.kid(), now, now}, sealed(key, file_key_)};
  try {
    database_.write([&](storage::Connection& connection) {
      note_change(connection);
      add_key(connection, first);
      audit(connection, Actor::node(), imported ? "key import" : "key make", key.kid(), now);
    });
    if (imported) {
      telemetry::log_info("the signing key is in the database now; its file is needed no more",
                          {{"file", first_release_file.string()}});
      warn_of_size(key);
    }
  } catch (const storage::DuplicateKey&) {  // another node was faster: its key is everybody's
  }
}

security::Algorithm KeyRing::newest_algorithm() const {
  const auto keys = database_.read([](storage::Connection& connection) { return all_keys(connection); });
  if (keys.empty()) throw std::runtime_error("there is no signing key");
  return opened(keys.back(), file_key_).algorithm();
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
  return times;
}

Result<KeyPlan> KeyRing::rotate(When when, const Actor& actor, std::optional<security::Algorithm> algorithm) {
  // Outside of the transaction: it takes long.
  const auto fresh = SigningKey::generate(algorithm ? *algorithm : newest_algorithm());
  const auto now = clock_.now();
  const bool at_once = when == When::now;
  try {
    return database_.write([&](storage::Connection& connection) -> Result<KeyPlan> {
      note_change(connection);  // first: its row serialises what changes the keys
      const auto added = insert_next(connection, fresh, now, at_once ? now : now + kPublishedBefore);
      auto keys = all_key_times(connection);
      auto kid = fresh.kid();
      if (!added) {
        if (!at_once) return refused(connection, actor, "key rotate", kNextIsThere, now);
        kid = keys.back().kid;
        set_signs_from(connection, keys.back().sequence, now);
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
  const auto fresh = SigningKey::generate(newest_algorithm());
  const auto now = clock_.now();
  try {
    return database_.write([&](storage::Connection& connection) -> Result<KeyPlan> {
      note_change(connection);
      const auto keys = all_key_times(connection);
      const auto found = std::find_if(keys.begin(), keys.end(), [kid](const KeyTimes& key) { return key.kid == kid; });
      if (found == keys.end()) return refused(connection, actor, "key retire", kUnknown, now);
      const auto moment = std::chrono::ceil<std::chrono::seconds>(now);
      if (!add_denial(connection, {Denial::Kind::key, std::string(kid), moment, moment + kKeyDenied})) {
        return refused(connection, actor, "key retire", kDenyListFull, now);
      }
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
      audit(connection, actor, "key retire", std::string(kid), now);
      const auto left = all_key_times(connection);
      return planned(left, left[signing_index(left, now)].kid, now);
    });
  } catch (const storage::DuplicateKey&) {
    return kRaced;
  }
}

/// For so long that a key which is published has been so for kPublishedBefore, whatever clocks say.
bool KeyRing::misdated_for_long(bool misdated) {
  if (!misdated) {
    misdated_since_.reset();
    return false;
  }
  const auto now = clock_.steady();
  if (!misdated_since_) misdated_since_ = now;
  return now - *misdated_since_ >= kPublishedBefore;
}

/// A key dated further ahead than any rotation dates one was dated by a clock that ran ahead; or the clock is behind
/// now, which a machine without a battery is for a while after its start. So it is waited for, and whichever it was, no
/// key signs before it has been published for long enough.
void KeyRing::put_right(time::Timestamp now) {
  const auto latest = now + kPublishedBefore + kLargestLeeway;
  const auto wrong = [&](const std::vector<KeyTimes>& keys) {
    return std::any_of(keys.begin(), keys.end(), [&](const KeyTimes& key) { return key.signs_from > latest; });
  };
  const auto found = database_.read([](storage::Connection& connection) { return all_key_times(connection); });
  if (!misdated_for_long(wrong(found))) return;
  database_.write([&](storage::Connection& connection) {
    note_change(connection);
    const auto keys = all_key_times(connection);
    const auto signing = signing_index(keys, now);
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (keys[i].signs_from <= latest) continue;
      set_signs_from(connection, keys[i].sequence, i > signing ? now + kPublishedBefore : now);
      audit(connection, Actor::node(), "key date put right", keys[i].kid, now);
    }
  });
}

/// A clock that ran ahead, and is right now, denied tokens that are not issued yet; or the clock is behind now.
/// Whichever it is, after the life of a token and the largest leeway nothing is about that the longer denial was for.
void KeyRing::put_denials_right(const time::ClockTrust& trust) {
  const auto now = clock_.now();
  const auto steady = clock_.steady();
  const auto latest = now + 2 * kLargestLeeway;  // a command's clock, and what it adds for another's
  if (!database_.read([&](storage::Connection& connection) { return has_denials_beyond(connection, latest); })) {
    denied_ahead_since_.reset();
    return;
  }
  if (!denied_ahead_since_) denied_ahead_since_ = steady;
  if (!trust.confirmed_now() && steady - *denied_ahead_since_ < kKeptAfterLastToken) return;
  database_.write([&](storage::Connection& connection) {
    note_change(connection);
    const auto until = std::chrono::ceil<std::chrono::seconds>(now);
    shorten_denials(connection, latest, until, until + kKeptAfterLastToken);
  });
}

std::string KeyRing::forget(const time::ClockTrust& trust) {
  const auto now = trust.confirmed_now();
  // Soon after the clock was set, tokens are about that it has dated otherwise.
  if (!now || trust.settled() < kKeptAfterLastToken) return {};
  const auto ended_keys = [&](const std::vector<KeyTimes>& keys) {
    std::vector<KeyTimes> ended;
    for (const auto& entry : plan_of(keys, *now)) {
      if (entry.state == KeyState::retiring && entry.gone_at && *entry.gone_at <= *now &&
          trust.older_than(kKeptAfterLastToken, *entry.signs_until)) {
        ended.push_back(entry.key);
      }
    }
    return ended;
  };
  const auto ended_denials = [&](storage::Connection& connection) {
    auto denials = all_denials(connection);
    std::erase_if(denials, [&](const Denial& denial) {
      const auto kept = denial.kind == Denial::Kind::key ? std::chrono::seconds(kKeyDenied)
                                                         : std::chrono::seconds(kKeptAfterLastToken);
      return denial.ends > *now || !trust.older_than(kept, denial.ends - kept);
    });
    return denials;
  };
  const bool any = database_.read([&](storage::Connection& connection) {
    return !ended_keys(all_key_times(connection)).empty() ||
           (has_ended_denials(connection, *now) && !ended_denials(connection).empty());
  });
  if (!any) return {};
  return database_.write([&](storage::Connection& connection) {
    note_change(connection);
    const auto keys = ended_keys(all_key_times(connection));
    for (const auto& key : keys) {
      remove_key(connection, key.sequence);
      audit(connection, Actor::node(), "key forget", key.kid, *now);
    }
    const auto denials = ended_denials(connection);
    for (const auto& denial : denials) remove_denial(connection, denial);
    return "forgot " + std::to_string(keys.size()) + " keys and " + std::to_string(denials.size()) + " denials";
  });
}

std::string KeyRing::tend(std::chrono::hours every, security::Algorithm wanted, const time::ClockTrust& trust) {
  const auto now = clock_.now();
  put_right(now);
  put_denials_right(trust);
  const auto times = database_.read([](storage::Connection& connection) { return all_key_times(connection); });
  std::string done;
  const auto due = every.count() > 0 ? next_publication(times, every, now) : std::nullopt;
  const bool has_next = signing_index(times, now) + 1 < times.size();
  if ((due && *due <= now) || (!has_next && newest_algorithm() != wanted)) {
    const auto next = rotate(When::after_publication, Actor::node(), wanted);
    if (next) done = "published " + next->key.kid + "; ";
  }
  done += forget(trust);
  return done.empty() ? "nothing to do" : done;
}

}  // namespace dontgoback::auth
