#include "dontgoback/security/files/known_keys.hpp"

#include <sstream>
#include <stdexcept>

#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/crypto/hex.hpp"
#include "dontgoback/security/crypto/hmac.hpp"
#include "dontgoback/security/files/secret_file.hpp"

namespace dontgoback::security {
namespace {

constexpr std::string_view kPurpose = "dontgoback/key-fingerprint/1";
constexpr std::size_t kBytes = 16;

[[noreturn]] void refuse(const std::string& what, std::string_view loss, std::string_view way_out) {
  throw std::invalid_argument(what + ", and " + std::string(loss) +
                              ": restore the file (every `dontgoback backup create` holds it), or begin anew by `" +
                              std::string(way_out) + "`");
}

}  // namespace

std::optional<std::string> find_in_lines(const std::string& lines, std::string_view name) {
  std::istringstream stream(lines);
  for (std::string known, fingerprint; stream >> known >> fingerprint;) {
    if (known == name) return fingerprint;
  }
  return std::nullopt;
}

std::string fingerprint_of(std::string_view key) { return hex(bytes(hmac_sha256(key, kPurpose)).substr(0, kBytes)); }

std::string known_key(KnownKeys& known, std::string_view name, const std::filesystem::path& file, std::string_view loss,
                      std::string_view way_out) {
  if (known.find(name)) return present_known_key(known, name, file, loss, way_out);
  std::string key;
  try {
    key = read_or_create_key(file);
  } catch (const std::runtime_error& error) {
    refuse(error.what(), loss, way_out);
  }
  known.remember(name, fingerprint_of(key));
  return key;
}

std::string present_known_key(KnownKeys& known, std::string_view name, const std::filesystem::path& file,
                              std::string_view loss, std::string_view way_out) {
  const auto expected = known.find(name);
  if (expected && !std::filesystem::exists(file)) refuse(file.string() + " is missing", loss, way_out);
  std::string key;
  try {
    key = read_key(file);
  } catch (const std::runtime_error& error) {
    refuse(error.what(), loss, way_out);
  }
  if (expected && *expected != fingerprint_of(key)) {
    refuse(file.string() + " is not the key that this node has had", loss, way_out);
  }
  return key;
}

}  // namespace dontgoback::security
