#include "dontgoback/security/known_keys.hpp"

#include <stdexcept>

#include "dontgoback/security/hash.hpp"
#include "dontgoback/security/secret_file.hpp"

namespace dontgoback::security {
namespace {

constexpr std::string_view kPurpose = "dontgoback/key-fingerprint/1";
constexpr std::size_t kBytes = 16;

}  // namespace

std::string fingerprint_of(std::string_view key) { return hex(bytes(hmac_sha256(key, kPurpose)).substr(0, kBytes)); }

std::string known_key(KnownKeys& known, std::string_view name, const std::filesystem::path& file, std::string_view loss,
                      std::string_view way_out) {
  const auto expected = known.find(name);
  const auto refuse = [&](const std::string& what) {
    throw std::invalid_argument(what + ", and " + std::string(loss) +
                                ": restore the file (every `dontgoback backup create` holds it), or begin anew by `" +
                                std::string(way_out) + "`");
  };
  if (expected && !std::filesystem::exists(file)) refuse(file.string() + " is missing");
  std::string key;
  try {
    key = read_or_create_key(file);
  } catch (const std::runtime_error& error) {
    refuse(error.what());
  }
  const auto fingerprint = fingerprint_of(key);
  if (!expected) {
    known.remember(name, fingerprint);
  } else if (*expected != fingerprint) {
    refuse(file.string() + " is not the key that this node has had");
  }
  return key;
}

}  // namespace dontgoback::security
