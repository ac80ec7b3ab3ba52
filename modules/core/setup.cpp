#include "module.hpp"
#include "parts.hpp"

// The module's part in `dontgoback setup`.
namespace dontgoback::core {
namespace {

using State = setup::Said::State;

/// The account that a setup has made, when nobody else has come and nobody is signed in as it; UserId{} for one that is
/// still to be made; nothing where there are people.
std::optional<UserId> first_admin(storage::Connection& connection, time::Timestamp now) {
  const auto newest = accounts::newest_account(connection);
  if (newest.value <= 0) return UserId{};
  const auto standing = accounts::find_standing(connection, newest);
  if (!standing || standing->role != http::Role::admin) return std::nullopt;
  return sessions::count_open_sessions(connection, newest, now) == 0 ? std::optional(newest) : std::nullopt;
}

}  // namespace

std::vector<setup::Said> CoreModule::prepare(Host& host) {
  const auto now = host.clock.now();
  const auto today = host.zone.day_of(now);
  const auto admin = host.database.write([&](storage::Connection& connection) {
    const auto known = first_admin(connection, now);
    if (!known || known->value > 0) return known;
    return std::optional(parts_->life_cycle.create(connection, {http::Role::admin, std::nullopt, now, today}));
  });
  if (!admin) return {};
  const auto link = sign_in::first_link(host, *admin);
  if (!link) return {{State::wrong, "the first ADMIN gets no link: " + std::string(link.failure().message.en)}};
  return {{State::left,
           "be the first ADMIN: open this in a browser once the node runs, within 24 hours, and add a "
           "passkey or an address there",
           *link}};
}

std::vector<setup::OtherNode> CoreModule::others(const config::Node& node) const {
  if (node.runs(name()) || url_.empty()) return {};
  return {{"the core node", "--core-url", url_, "/"}};
}

}  // namespace dontgoback::core
