#include "state/denial_store.hpp"

namespace dontgoback::auth {
namespace {

std::chrono::sys_seconds seconds_of(time::Timestamp moment) { return std::chrono::ceil<std::chrono::seconds>(moment); }

void insert_denial(storage::Connection& connection, std::string_view client, const Denial& denial) {
  const auto kind = static_cast<int>(denial.kind);
  connection.execute("DELETE FROM auth_denials WHERE kind = :kind AND value = :value", kind, denial.value);
  connection.execute(
      "INSERT INTO auth_denials (kind, value, client, issued_until, ends_at) "
      "VALUES (:kind, :value, :client, :issued_until, :ends_at)",
      kind, denial.value, client, time::Timestamp(denial.issued_until), time::Timestamp(denial.ends));
}

template <class... Parameters>
std::int64_t count(storage::Connection& connection, std::string_view sql, const Parameters&... parameters) {
  return std::get<0>(connection.one<std::int64_t>(sql, parameters...).value());
}

}  // namespace

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
  const auto present = connection.one<int>("SELECT 1 FROM auth_denials WHERE kind = :kind AND value = :value",
                                           static_cast<int>(denial.kind), denial.value);
  const auto most = denial.kind == Denial::Kind::key ? kMaxOperatorDenials : kMaxClientDenials;
  if (!present && count(connection, "SELECT COUNT(*) FROM auth_denials WHERE client = ''") >= most) return false;
  insert_denial(connection, {}, denial);
  return true;
}

bool add_token_denial(storage::Connection& connection, std::string_view client, const Denial& denial) {
  if (count(connection, "SELECT COUNT(*) FROM auth_denials WHERE client = :client", client) >= kMaxDenialsOfClient ||
      count(connection, "SELECT COUNT(*) FROM auth_denials WHERE client <> ''") >= kMaxTokenDenials) {
    return false;
  }
  insert_denial(connection, client, denial);
  return true;
}

void end_client_denial(storage::Connection& connection, std::string_view client,
                       std::chrono::sys_seconds issued_until) {
  connection.execute(
      "UPDATE auth_denials SET issued_until = :issued_until WHERE kind = :kind AND value = :client AND issued_until > "
      ":until",
      time::Timestamp(issued_until), static_cast<int>(Denial::Kind::client), client, time::Timestamp(issued_until));
}

bool has_ended_denials(storage::Connection& connection, time::Timestamp now) {
  return connection.one<int>("SELECT 1 FROM auth_denials WHERE ends_at <= :now LIMIT 1", now).has_value();
}

void remove_denial(storage::Connection& connection, const Denial& denial) {
  connection.execute("DELETE FROM auth_denials WHERE kind = :kind AND value = :value", static_cast<int>(denial.kind),
                     denial.value);
}

bool has_denials_beyond(storage::Connection& connection, time::Timestamp latest) {
  return connection
      .one<int>("SELECT 1 FROM auth_denials WHERE kind = :kind AND issued_until > :latest LIMIT 1",
                static_cast<int>(Denial::Kind::client), latest)
      .has_value();
}

void shorten_denials(storage::Connection& connection, time::Timestamp latest, time::Timestamp issued_until,
                     time::Timestamp ends) {
  connection.execute(
      "UPDATE auth_denials SET issued_until = :issued_until, ends_at = :ends WHERE kind = :kind AND issued_until > "
      ":latest",
      issued_until, ends, static_cast<int>(Denial::Kind::client), latest);
}

}  // namespace dontgoback::auth
