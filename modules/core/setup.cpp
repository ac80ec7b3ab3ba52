#include "module.hpp"
#include "parts.hpp"

// The module's part in `dontgoback setup`.
namespace dontgoback::core {
namespace {

using State = setup::Said::State;

/// The ADMIN that a setup has made and nobody has come as; UserId{} for one that is still to be made; nothing where an
/// ADMIN has come, whoever else has.
std::optional<UserId> first_admin(storage::Connection& connection, time::Timestamp now) {
  const auto admins = accounts::last_seen_admins(connection);
  if (admins.empty()) return UserId{};
  for (const auto& admin : admins) {
    if (admin.has_come || sessions::count_open_sessions(connection, admin.id, now) > 0) return std::nullopt;
  }
  return admins.back().id;
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
           "be the first ADMIN: open this in a browser once the node runs, within " +
               std::to_string(sign_in::kLinkLife.count()) +
               " minutes (this setup once more prints another), and add a passkey or an address there",
           *link}};
}

std::vector<setup::OtherNode> CoreModule::others(const config::Node& node) const {
  if (node.runs(name()) || url_.empty()) return {};
  return {{"the core node", "--core-url", url_, "/"}};
}

}  // namespace dontgoback::core
