#include "session_keys.hpp"

#include <functional>
#include <stdexcept>

#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/random_bytes.hpp"
#include "dontgoback/security/crypto/seal.hpp"
#include "dontgoback/security/files/secret_file.hpp"
#include "dontgoback/security/jose/algorithm.hpp"
#include "dontgoback/security/jose/public_key.hpp"
#include "dontgoback/security/jose/signing_key.hpp"
#include "key_store.hpp"
#include "session_store.hpp"
#include "sessions.hpp"

namespace dontgoback::core::sessions {
namespace {

constexpr std::string_view kWaysOut =
    ": restore it (every `dontgoback backup create` holds it; every core node of a database has the same), or begin "
    "anew by `dontgoback sessions reset --yes`, which signs everybody out";

std::string opened(const std::string& file_key, const std::string& sealed, std::string_view name) {
  const auto bytes = security::base64url_decode(sealed);
  if (!bytes) throw std::runtime_error("the sealed key in the database is damaged");
  try {
    return security::unseal(file_key, *bytes, name);
  } catch (const std::runtime_error&) {
    throw std::invalid_argument(
        "session.key in the data directory, or the file of --session-key-file, is not the key that the database's "
        "session keys were sealed with" +
        std::string(kWaysOut));
  }
}

/// The key of that name; `make` is called, outside the transaction, when there is none yet.
std::string shared_key(storage::Database& database, const std::string& file_key, std::string_view name,
                       const std::function<std::string()>& make) {
  const auto stored = [&] {
    return database.read([&](auto& connection) { return find_sealed_key(connection, name); });
  };
  if (const auto sealed = stored()) return opened(file_key, *sealed, name);
  const auto sealed = security::base64url_encode(security::seal(file_key, make(), name));
  try {
    database.write([&](auto& connection) { add_sealed_key(connection, name, sealed); });
  } catch (const storage::DuplicateKey&) {  // another node was faster: its key is everybody's
  }
  return opened(file_key, stored().value(), name);
}

/// The file's key, made when it is not there, but only for a database without sealed keys: with others those could
/// never be opened.
std::string sealing_key(storage::Database& database, const std::filesystem::path& key_file) {
  const bool needed = !database.read([](auto& connection) { return all_sealed_keys(connection); }).empty();
  if (!needed) {
    try {
      return security::read_or_create_key(key_file);
    } catch (const std::runtime_error& error) {
      throw std::invalid_argument(std::string(error.what()) + ": move it away, and a new one is made");
    }
  }
  if (!std::filesystem::exists(key_file)) {
    throw std::invalid_argument(key_file.string() +
                                " is missing, and the session keys in the database are sealed with it" +
                                std::string(kWaysOut));
  }
  try {
    return security::read_or_create_key(key_file);
  } catch (const std::runtime_error& error) {
    throw std::invalid_argument(std::string(error.what()) + std::string(kWaysOut));
  }
}

class OwnKey final : public security::VerificationKeys {
 public:
  explicit OwnKey(const security::SigningKey& key)
      : keys_(std::make_shared<const Set>(Set{security::PublicKey::from_jwk(key.public_jwk()).value()})) {}
  std::shared_ptr<const Set> current() override { return keys_; }
  std::shared_ptr<const Set> refreshed() override { return keys_; }

 private:
  std::shared_ptr<const Set> keys_;
};

}  // namespace

SessionKeys load_session_keys(storage::Database& database, const std::filesystem::path& key_file) {
  const auto file_key = sealing_key(database, key_file);
  const auto pem = shared_key(database, file_key, "session-signing",
                              [] { return security::SigningKey::generate(security::Algorithm::rs256).to_pem(); });
  auto refresh = shared_key(database, file_key, "session-refresh", [] { return security::random_bytes(32); });
  return {security::SigningKey::from_pem(pem), std::move(refresh)};
}

std::int64_t reset_session_keys(storage::Database& database, time::Timestamp now) {
  return database.write([now](storage::Connection& connection) {
    remove_sealed_keys(connection);
    return end_all_sessions(connection, now);
  });
}

std::vector<std::string> check_session_keys(const backup::Copy& copy) {
  const auto sealed = all_sealed_keys(*copy.database);
  if (sealed.empty()) return {};
  const auto file_key = copy.file(kSessionKeyFile);
  if (!file_key)
    return {"session.key is missing, and the session keys in the database are sealed with it" + std::string(kWaysOut)};
  for (const auto& [name, text] : sealed) {
    try {
      security::unseal(*file_key, security::base64url_decode(text).value_or(""), name);
    } catch (const std::runtime_error&) {
      return {"session.key does not open the session keys in the database: it is not the file they were sealed with" +
              std::string(kWaysOut)};
    }
  }
  return {};
}

std::shared_ptr<security::VerificationKeys> public_keys_of(const security::SigningKey& key) {
  return std::make_shared<OwnKey>(key);
}

}  // namespace dontgoback::core::sessions
