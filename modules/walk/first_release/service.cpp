#include "service.hpp"

#include "dontgoback/http/error.hpp"
#include "dontgoback/text/parts.hpp"
#include "friends/rules.hpp"
#include "goals/goals.hpp"
#include "notices/notices.hpp"
#include "walkers/nickname.hpp"
#include "walkers/unlisted.hpp"

namespace dontgoback::walk::first_release {
namespace {

using storage::Connection;

constexpr std::chrono::hours kNotedEvery{24};
constexpr Failure kTaken{FailureKind::conflict,
                         {"이미 다른 사람이 쓰는 별명입니다.", "Somebody else has that nickname."}};
constexpr Failure kGoal{FailureKind::invalid,
                        {"목표 걸음 수는 0 이상 1,000,000 이하여야 합니다.", "A goal is 0 to 1,000,000 steps."}};
constexpr Failure kAppToken{FailureKind::invalid, {"FCM 토큰이 올바르지 않습니다.", "That is no FCM token."}};

/// Who is called so and takes part.
std::optional<WalkerId> named(Connection& connection, std::string_view nickname) {
  const auto folded = walkers::folded_nickname(text::trimmed(nickname));
  const auto id = folded.empty() ? std::nullopt : find_by_folded(connection, folded);
  const auto walker = id ? walkers::find(connection, *id) : std::nullopt;
  return walker && walker->status == walkers::Status::active ? id : std::nullopt;
}

void rename(Connection& connection, WalkerId id, const std::string& nickname) {
  const auto wanted = http::unwrap(walkers::read_nickname(text::trimmed(nickname)));
  if (!set_folded(connection, id, wanted.folded)) throw http::Error(kTaken);
  walkers::show_unlisted_as(connection, id, wanted.text);
}

}  // namespace

Pair Service::sign_up() const {
  const auto now = clock_.now();
  const Secret secret{walkers::random_uuid()};
  database_.write([&](Connection& connection) {
    const auto walker = walkers::add_unlisted(connection, now);
    add(connection, walker.id, tokens_.stored_form(secret), now);
    set_chain(connection, walker.id, {1, now, now});
  });
  return {tokens_.access_token(secret, now), tokens_.refresh_token({secret, 1}, now)};
}

std::optional<std::string_view> Service::why_not_signed_in(std::string_view access_token) const {
  const auto read = tokens_.read_access_token(access_token, clock_.now());
  if (const auto* why = std::get_if<std::string_view>(&read)) return *why;
  const auto walker = find(std::get<Secret>(read));
  if (!walker) return "JsonWebTokenError: jwt subject invalid";
  touch(*walker);
  return std::nullopt;
}

std::optional<Secret> Service::secret_in(std::string_view access_token) const {
  const auto read = tokens_.read_access_token(access_token, clock_.now());
  const auto* secret = std::get_if<Secret>(&read);
  return secret != nullptr ? std::optional(*secret) : std::nullopt;
}

std::optional<Row> Service::holder_of(std::string_view access_token) const {
  const auto secret = secret_in(access_token);
  return secret ? find(*secret) : std::nullopt;
}

std::optional<Pair> Service::renew(std::string_view refresh_token) const {
  const auto now = clock_.now();
  const auto given = tokens_.read_refresh_token(refresh_token, now);
  if (!given) return std::nullopt;
  const Secret secret = given->secret;
  std::optional<std::string> next;
  act(to_string(secret.uuid), [&](Connection& connection, const Row& walker, time::Timestamp) {
    next.reset();
    const auto chain = chain_of(connection, walker.id);
    if (chain.serial == 0) return;
    if (given->serial == chain.serial) {
      set_chain(connection, walker.id, {chain.serial + 1, now, chain.renewed_at});
      next = tokens_.refresh_token({secret, chain.serial + 1}, now);
    } else if (given->serial == chain.serial - 1) {
      next = tokens_.refresh_token({secret, chain.serial}, chain.renewed_at);
    } else if (given->serial == chain.serial - 2 && now - chain.renewed_at <= kRenewalGrace) {
      next = tokens_.refresh_token({secret, chain.serial - 1}, chain.renewed_before);
    } else {
      set_chain(connection, walker.id, {});
    }
  });
  if (!next) return std::nullopt;
  return Pair{tokens_.access_token(secret, now), std::move(*next)};
}

void Service::sign_out(std::string_view uuid) const {
  act(uuid, [](Connection& connection, const Row& walker, time::Timestamp) { set_chain(connection, walker.id, {}); });
}

void Service::leave(std::string_view uuid) const {
  act(uuid, [&](Connection& connection, const Row& walker, time::Timestamp now) {
    remove(connection, walker.id);
    walkers::leave_for_good(connection, subscribers_, walker.id, now);
  });
}

Result<bool> Service::update(std::string_view uuid, const Update& update) const {
  if (update.daily_steps && (*update.daily_steps < 0 || *update.daily_steps > goals::kMostSteps)) return kGoal;
  if (update.app_token && !notices::is_app_token(*update.app_token)) return kAppToken;
  try {
    return act(uuid, [&](Connection& connection, const Row& walker, time::Timestamp now) {
      if (update.nickname) rename(connection, walker.id, *update.nickname);
      if (update.daily_steps) {
        goals::choose(connection, walkers::find(connection, walker.id).value(),
                      {update.daily_steps, std::nullopt, std::nullopt}, now);
      }
      if (update.app_token) notices::register_app(connection, walker.id, 0, *update.app_token, now);
    });
  } catch (const http::Error& refused) {
    return refused.failure();
  }
}

Result<Service::Befriended> Service::ask(std::string_view sender, std::string_view friend_nickname) const {
  return database_.write([&](Connection& connection) -> Result<Befriended> {
    const auto other = named(connection, friend_nickname);
    if (!other) return Befriended::no_friend;
    const auto self = named(connection, sender);
    if (!self) return Befriended::no_self;
    const auto now = clock_.now();
    const auto asked = friends::ask(connection, listeners_, {*self, *other, now});
    if (!asked) return asked.failure();
    set_used(connection, *self, now);
    return asked->is_new ? Befriended::done : Befriended::again;
  });
}

Result<Service::Befriended> Service::accept(std::string_view recipient, std::string_view friend_nickname) const {
  return database_.write([&](Connection& connection) -> Result<Befriended> {
    const auto other = named(connection, friend_nickname);
    if (!other) return Befriended::no_friend;
    const auto self = named(connection, recipient);
    if (!self) return Befriended::no_self;
    if (friends::are_friends(connection, *self, *other)) return Befriended::again;
    const auto now = clock_.now();
    const auto accepted = friends::accept(connection, listeners_, {*self, *other, now});
    if (!accepted && accepted.failure().kind == FailureKind::not_found) return Befriended::no_request;
    if (!accepted) return accepted.failure();
    set_used(connection, *self, now);
    return Befriended::done;
  });
}

std::vector<walkers::Uuid> Service::friends_of(const Row& walker) const {
  std::vector<walkers::Uuid> uuids;
  for (const auto& each :
       database_.read([&](Connection& connection) { return first_release::friends_of(connection, walker.id); })) {
    uuids.push_back(each.public_uuid);
  }
  return uuids;
}

std::optional<Row> Service::find(const Secret& secret) const {
  return database_.read([&](Connection& connection) { return active(connection, secret); });
}

void Service::touch(const Row& walker) const {
  const auto now = clock_.now();
  if (walker.used_at <= now && now - walker.used_at < kNotedEvery) return;
  database_.write([&](Connection& connection) { set_used(connection, walker.id, now); });
}

bool Service::act(std::string_view uuid, const Act& act) const {
  const auto parsed = walkers::parse_uuid(uuid);
  if (!parsed) return false;
  return database_.write([&](Connection& connection) {
    const auto found = active(connection, {*parsed});
    if (!found || !walkers::lock_walker(connection, found->id) || !first_release::find(connection, found->id)) {
      return false;
    }
    const auto now = clock_.now();
    act(connection, *found, now);
    set_used(connection, found->id, now);
    return true;
  });
}

std::optional<Row> Service::active(Connection& connection, const Secret& secret) const {
  const auto found = find_by_secret(connection, tokens_.stored_form(secret));
  const auto walker = found ? walkers::find(connection, found->id) : std::nullopt;
  return walker && walker->status == walkers::Status::active ? found : std::nullopt;
}

}  // namespace dontgoback::walk::first_release
