#include "audit.hpp"
#include "dontgoback/storage/planned.hpp"

namespace dontgoback::core::audit {
namespace {

using storage::Connection;

const storage::Planned kPage("audit/page",
                             "SELECT id, at, actor_id, action, target_kind, target_id, reason FROM audit_trail "
                             "{PRIMARY} WHERE id < :before ORDER BY id DESC LIMIT :limit");

const expiry::Slices kOld("audit/purge", "audit/purge-bound", "audit_trail", "at", "audit_trail_by_moment");

}  // namespace

std::string_view to_string(Action action) {
  switch (action) {
    case Action::hide:
      return "HIDE";
    case Action::restore:
      return "RESTORE";
    case Action::suspend:
      return "SUSPEND";
    case Action::lift:
      return "LIFT";
    case Action::dismiss:
      return "DISMISS";
    case Action::change_rules:
      return "RULES";
    case Action::stop:
      return "STOP";
    case Action::rename:
      return "RENAME";
    case Action::remove:
      return "REMOVE";
    case Action::read_revisions:
      return "REVISIONS";
    case Action::look:
      break;
  }
  return "LOOK";
}

std::string_view to_string(TargetKind kind) {
  switch (kind) {
    case TargetKind::feed:
      return "FEED";
    case TargetKind::comment:
      return "COMMENT";
    case TargetKind::user:
      return "USER";
    case TargetKind::walk_report:
      return "WALK_REPORT";
    case TargetKind::none:
      break;
  }
  return "NONE";
}

EntryId record(Connection& connection, UserId actor, Action action, const Target& target, std::string_view reason,
               time::Timestamp now) {
  connection.execute(
      "INSERT INTO audit_trail (at, actor_id, action, target_kind, target_id, reason) VALUES (:at, :actor_id, :action, "
      ":target_kind, :target_id, :reason)",
      now, actor, static_cast<int>(action), static_cast<int>(target.kind), target.id, reason);
  return EntryId{connection.last_insert_id()};
}

void each_entry(Connection& connection, std::int64_t before, int limit, const std::function<void(const Entry&)>& row) {
  connection.each(kPage.on(connection), storage::args(before, limit),
                  [&row](EntryId id, time::Timestamp at, UserId actor, int action, int kind, std::int64_t target,
                         std::string_view reason) {
                    row({id, at, actor, static_cast<Action>(action), {static_cast<TargetKind>(kind), target}, reason});
                  });
}

std::optional<UserId> actor_of(Connection& connection, EntryId id) {
  const auto row = connection.one<UserId>("SELECT actor_id FROM audit_trail WHERE id = :id", id);
  return row ? std::optional(std::get<0>(*row)) : std::nullopt;
}

std::int64_t remove_expired(const expiry::Sweep& sweep) {
  return expiry::remove_older(sweep, kLife, [](Connection& connection, const time::Span& span, int limit) {
    return expiry::remove_slice(connection, kOld, span, limit);
  });
}

}  // namespace dontgoback::core::audit
