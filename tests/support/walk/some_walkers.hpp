#pragma once

#include <cstdint>
#include <string>

#include "dontgoback/http/router.hpp"
#include "dontgoback/security/tokens/token_verifier.hpp"
#include "dontgoback/storage/database.hpp"
#include "walkers/walkers.hpp"

namespace dontgoback::walk {
storage::Migrations migrations();
}

namespace dontgoback::test {

struct NewWalker {
  std::int64_t offset_minutes = 540;
  bool consents = true;
  walk::walkers::Status status = walk::walkers::Status::active;
};

/// A walker that nobody signed in to.
inline WalkerId add_walker(storage::Connection& connection, const NewWalker& made = {}) {
  const auto uuid = walk::walkers::random_uuid();
  const std::string_view bytes(reinterpret_cast<const char*>(uuid.bytes.data()), uuid.bytes.size());
  connection.execute(
      "INSERT INTO walkers (uuid, nickname, renamed_at, status, status_at, offset_minutes, consented_at, created_at) "
      "VALUES (:uuid, '', 0, :status, 0, :offset, :consented_at, 0)",
      bytes, static_cast<int>(made.status), made.offset_minutes,
      made.consents ? std::optional<std::int64_t>(1) : std::nullopt);
  return {connection.last_insert_id()};
}
inline WalkerId add_walker(storage::Database& database, const NewWalker& made = {}) {
  return database.write([&](storage::Connection& connection) { return add_walker(connection, made); });
}

/// Believes the inside number of a walker in `X-Walker`.
class BelievingWalkers final : public http::Authenticator {
  Result<http::Identity> authenticate(const http::Request& request) const override {
    const auto number = request.headers->find("X-Walker");
    if (!number) return security::kBadToken;
    http::Identity identity;
    identity.kind = http::Identity::Kind::walker;
    identity.walker = {std::stoll(std::string(*number))};
    return identity;
  }
};

}  // namespace dontgoback::test
