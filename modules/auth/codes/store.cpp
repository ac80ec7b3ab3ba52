#include "codes/store.hpp"

namespace dontgoback::auth {

std::vector<StoredCode> all_codes(storage::Connection& connection) {
  std::vector<StoredCode> codes;
  connection.each("SELECT digest, role, client_id, kind, ends_at, used_for FROM auth_join_codes", storage::args(),
                  [&codes](std::string digest, std::string role, std::string client_id, int kind,
                           time::Timestamp ends_at, std::optional<std::string> used_for) {
                    codes.push_back({std::move(digest), std::move(role), std::move(client_id), StoredCode::Kind{kind},
                                     ends_at, std::move(used_for)});
                  });
  return codes;
}

std::optional<StoredCode> find_code(storage::Connection& connection, std::string_view digest) {
  std::optional<StoredCode> code;
  connection.each("SELECT role, client_id, kind, ends_at, used_for FROM auth_join_codes WHERE digest = :digest",
                  storage::args(digest),
                  [&](std::string role, std::string client_id, int kind, time::Timestamp ends_at,
                      std::optional<std::string> used_for) {
                    code = {std::string(digest),    std::move(role), std::move(client_id),
                            StoredCode::Kind{kind}, ends_at,         std::move(used_for)};
                  });
  return code;
}

void add_code(storage::Connection& connection, const StoredCode& code) {
  connection.execute(
      "INSERT INTO auth_join_codes (digest, role, client_id, kind, ends_at) "
      "VALUES (:digest, :role, :client_id, :kind, :ends_at)",
      code.digest, code.role, code.client_id, static_cast<int>(code.kind), code.ends_at);
}

void use_code(storage::Connection& connection, std::string_view digest, std::string_view used_for) {
  connection.execute("UPDATE auth_join_codes SET used_for = :used_for WHERE digest = :digest", used_for, digest);
}

void remove_code(storage::Connection& connection, std::string_view digest) {
  connection.execute("DELETE FROM auth_join_codes WHERE digest = :digest", digest);
}

void remove_codes_of(storage::Connection& connection, std::string_view client_id) {
  connection.execute("DELETE FROM auth_join_codes WHERE client_id = :client_id", client_id);
}

}  // namespace dontgoback::auth
