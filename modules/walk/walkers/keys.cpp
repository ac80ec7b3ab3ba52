#include "keys.hpp"

#include <stdexcept>

#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hmac.hpp"
#include "dontgoback/security/crypto/random_bytes.hpp"
#include "dontgoback/security/crypto/seal.hpp"
#include "dontgoback/security/files/secret_file.hpp"
#include "key_store.hpp"
#include "session_store.hpp"
#include "walkers.hpp"

namespace dontgoback::walk::walkers {
namespace {

constexpr std::string_view kName = "walk";
constexpr std::size_t kBytes = 32;
constexpr std::string_view kWaysOut =
    ": restore it (every `dontgoback backup create` holds it; every node of a database that runs walk has the same), "
    "or begin anew by `dontgoback walkers reset-keys --yes`, which signs everybody out and forgets who signs in to "
    "which walker";

std::string opened(const std::string& file_key, const std::string& sealed) {
  const auto bytes = security::base64url_decode(sealed);
  if (!bytes) throw std::runtime_error("the sealed key of walk in the database is damaged");
  try {
    return security::unseal(file_key, *bytes, kName);
  } catch (const std::runtime_error&) {
    throw std::invalid_argument(
        "walk.key in the data directory, or the file of --walk-key-file, is not the key that walk's key in the "
        "database was sealed with" +
        std::string(kWaysOut));
  }
}

/// The file's key, made when it is not there, but only for a database without a sealed one: that could never be opened.
std::string sealing_key(const std::filesystem::path& key_file, bool needed) {
  if (needed && !std::filesystem::exists(key_file)) {
    throw std::invalid_argument(key_file.string() + " is missing, and walk's key in the database is sealed with it" +
                                std::string(kWaysOut));
  }
  try {
    return security::read_or_create_key(key_file);
  } catch (const std::runtime_error& error) {
    throw std::invalid_argument(std::string(error.what()) +
                                (needed ? std::string(kWaysOut) : ": move it away, and a new one is made"));
  }
}

}  // namespace

std::string Keys::of(std::string_view use) const {
  return std::string(security::bytes(security::hmac_sha256(key_, use)));
}

Keys load_keys(storage::Database& database, const std::filesystem::path& key_file) {
  const auto stored = [&] {
    return database.read([](storage::Connection& connection) { return find_sealed_key(connection, kName); });
  };
  const auto there = stored();
  const auto file_key = sealing_key(key_file, there.has_value());
  if (there) return Keys(opened(file_key, *there));
  const auto sealed = security::base64url_encode(security::seal(file_key, security::random_bytes(kBytes), kName));
  try {
    database.write([&](storage::Connection& connection) { add_sealed_key(connection, kName, sealed); });
  } catch (const storage::DuplicateKey&) {  // another node was faster: its key is everybody's
  }
  return Keys(opened(file_key, stored().value()));
}

void make_keys(storage::Database& database, const std::filesystem::path& key_file) { load_keys(database, key_file); }

std::vector<std::string> check_keys(const backup::Copy& copy) {
  const auto sealed = find_sealed_key(*copy.database, kName);
  if (!sealed) return {};
  const auto file_key = copy.file(kKeyFile);
  if (!file_key)
    return {"walk.key is missing, and walk's key in the database is sealed with it" + std::string(kWaysOut)};
  try {
    security::unseal(*file_key, security::base64url_decode(*sealed).value_or(""), kName);
  } catch (const std::runtime_error&) {
    return {"walk.key does not open walk's key in the database: it is not the file that it was sealed with" +
            std::string(kWaysOut)};
  }
  return {};
}

std::int64_t reset_keys(storage::Database& database) {
  return database.write([](storage::Connection& connection) {
    remove_sealed_key(connection, kName);
    return forget_sessions_and_identities(connection);
  });
}

}  // namespace dontgoback::walk::walkers
