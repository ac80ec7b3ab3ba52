#include "audit/store.hpp"

namespace dontgoback::auth {
namespace {

std::string_view cut(std::string_view text, std::size_t length) { return text.substr(0, length); }

}  // namespace

void add_entry(storage::Connection& connection, const AuditEntry& entry) {
  connection.execute(
      "INSERT INTO auth_audit (at, actor, action, subject, address, result, reason, times) "
      "VALUES (:at, :actor, :action, :subject, :address, :result, :reason, :times)",
      entry.at, cut(entry.actor.name, 100), cut(entry.action, 32), cut(entry.subject, 100),
      cut(entry.actor.address, 64), cut(entry.result, 200), entry.reason, entry.times);
}

std::vector<AuditEntry> list_entries(storage::Connection& connection, std::int64_t before, std::int64_t limit,
                                     std::string_view client) {
  std::vector<AuditEntry> entries;
  connection.each(
      "SELECT id, at, actor, action, subject, address, result, reason, times FROM auth_audit WHERE (:before = 0 OR id "
      "< "
      ":until) "
      "AND (:any = 1 OR subject = :subject OR actor = :actor) ORDER BY id DESC LIMIT :limit",
      storage::args(before, before, client.empty() ? 1 : 0, client, client, limit),
      [&entries](std::int64_t id, time::Timestamp at, std::string actor, std::string action, std::string subject,
                 std::string address, std::string result, std::string reason, std::int64_t times) {
        entries.push_back({id,
                           at,
                           {std::move(actor), std::move(address)},
                           std::move(action),
                           std::move(subject),
                           std::move(result),
                           std::move(reason),
                           times});
      });
  return entries;
}

std::int64_t prune_entries(storage::Connection& connection, const std::vector<time::Span>& aged) {
  std::int64_t removed = 0;
  for (const auto& span : aged) {
    removed +=
        connection.execute("DELETE FROM auth_audit WHERE at >= :from_at AND at < :until_at", span.from, span.until);
  }
  const auto beyond = connection.one<std::int64_t>(
      "SELECT id FROM auth_audit WHERE result <> 'done' ORDER BY id DESC LIMIT 1 OFFSET :kept", kMaxAuditRows);
  if (beyond) {
    removed += connection.execute("DELETE FROM auth_audit WHERE id <= :id AND result <> 'done'", std::get<0>(*beyond));
  }
  return removed;
}

}  // namespace dontgoback::auth
