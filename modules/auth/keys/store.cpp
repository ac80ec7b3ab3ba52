#include "keys/store.hpp"

#include <stdexcept>

#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/seal.hpp"
#include "dontgoback/security/jose/signing_key.hpp"

namespace dontgoback::auth {
namespace {

std::string context_of(std::string_view kid) { return "auth-signing/" + std::string(kid); }

}  // namespace

std::string sealed(const security::SigningKey& key, std::string_view file_key) {
  return security::base64url_encode(security::seal(file_key, key.to_pem(), context_of(key.kid())));
}

security::SigningKey opened(const SealedKey& key, std::string_view file_key) {
  const auto bytes = security::base64url_decode(key.sealed);
  if (!bytes) throw std::runtime_error("the sealed key " + key.times.kid + " in the database is damaged");
  std::string pem;
  try {
    pem = security::unseal(file_key, *bytes, context_of(key.times.kid));
  } catch (const std::runtime_error&) {
    throw std::invalid_argument(
        "auth.key in the data directory, or the file of --auth-key-file, is not the key that the database's signing "
        "keys "
        "were sealed with: restore that one, or start with new keys by `dontgoback keys reset --yes`");
  }
  return security::SigningKey::from_pem(pem);
}

std::vector<SealedKey> all_keys(storage::Connection& connection) {
  std::vector<SealedKey> keys;
  connection.each("SELECT sequence, kid, sealed, published_at, signs_from FROM auth_keys ORDER BY sequence",
                  storage::args(),
                  [&keys](std::int64_t sequence, std::string kid, std::string sealed_key, time::Timestamp published_at,
                          time::Timestamp signs_from) {
                    keys.push_back({{sequence, std::move(kid), published_at, signs_from}, std::move(sealed_key)});
                  });
  return keys;
}

std::vector<KeyTimes> all_key_times(storage::Connection& connection) {
  std::vector<KeyTimes> times;
  for (auto& key : all_keys(connection)) times.push_back(std::move(key.times));
  return times;
}

void add_key(storage::Connection& connection, const SealedKey& key) {
  connection.execute(
      "INSERT INTO auth_keys (sequence, kid, sealed, published_at, signs_from) "
      "VALUES (:sequence, :kid, :sealed, :published_at, :signs_from)",
      key.times.sequence, key.times.kid, key.sealed, key.times.published_at, key.times.signs_from);
}

void set_signs_from(storage::Connection& connection, std::int64_t sequence, time::Timestamp signs_from) {
  connection.execute("UPDATE auth_keys SET signs_from = :signs_from WHERE sequence = :sequence", signs_from, sequence);
}

bool remove_key(storage::Connection& connection, std::int64_t sequence) {
  return connection.execute("DELETE FROM auth_keys WHERE sequence = :sequence", sequence) == 1;
}

}  // namespace dontgoback::auth
