#include "issuers/store.hpp"

namespace dontgoback::auth {

std::map<std::string, std::int64_t> all_issuers(storage::Connection& connection) {
  std::map<std::string, std::int64_t> issuers;
  connection.each("SELECT issuer, beat FROM auth_issuers", storage::args(),
                  [&issuers](std::string issuer, std::int64_t beat) { issuers.emplace(std::move(issuer), beat); });
  return issuers;
}

void beat_issuer(storage::Connection& connection, const std::string& issuer) {
  const auto moved = connection.execute("UPDATE auth_issuers SET beat = beat + 1 WHERE issuer = :issuer", issuer);
  if (moved == 0) connection.execute("INSERT INTO auth_issuers (issuer, beat) VALUES (:issuer, 1)", issuer);
}

void remove_issuer(storage::Connection& connection, const std::string& issuer, std::int64_t beat) {
  connection.execute("DELETE FROM auth_issuers WHERE issuer = :issuer AND beat = :beat", issuer, beat);
}

}  // namespace dontgoback::auth
