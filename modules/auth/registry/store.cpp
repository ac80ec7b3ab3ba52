#include "registry/store.hpp"

namespace dontgoback::auth {
namespace {

using security::Denial;

std::chrono::sys_seconds seconds_of(time::Timestamp moment) { return std::chrono::ceil<std::chrono::seconds>(moment); }

}  // namespace

std::int64_t version_of(storage::Connection& connection) {
  return std::get<0>(connection.one<std::int64_t>("SELECT version FROM auth_state WHERE id = 1").value());
}

void note_change(storage::Connection& connection) {
  connection.execute("UPDATE auth_state SET version = version + 1 WHERE id = 1");
}

std::vector<Denial> all_denials(storage::Connection& connection) {
  std::vector<Denial> denials;
  connection.each(
      "SELECT kind, value, issued_until, ends_at FROM auth_denials ORDER BY kind, value", storage::args(),
      [&denials](int kind, std::string value, time::Timestamp issued_until, time::Timestamp ends_at) {
        denials.push_back({Denial::Kind{kind}, std::move(value), seconds_of(issued_until), seconds_of(ends_at)});
      });
  return denials;
}

bool add_denial(storage::Connection& connection, const Denial& denial) {
  const auto kind = static_cast<int>(denial.kind);
  if (denial.kind == Denial::Kind::token) {
    const auto count = connection.one<std::int64_t>("SELECT COUNT(*) FROM auth_denials WHERE kind = :kind", kind);
    if (std::get<0>(count.value()) >= kMaxTokenDenials) return false;
  }
  // The same token or client may be denied again, and later.
  connection.execute("DELETE FROM auth_denials WHERE kind = :kind AND value = :value", kind, denial.value);
  connection.execute(
      "INSERT INTO auth_denials (kind, value, issued_until, ends_at) VALUES (:kind, :value, :issued_until, :ends_at)",
      kind, denial.value, time::Timestamp(denial.issued_until), time::Timestamp(denial.ends));
  return true;
}

std::int64_t remove_ended_denials(storage::Connection& connection, time::Timestamp now) {
  return connection.execute("DELETE FROM auth_denials WHERE ends_at <= :now", now);
}

}  // namespace dontgoback::auth
