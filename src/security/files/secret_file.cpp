#include "dontgoback/security/files/secret_file.hpp"

#include <algorithm>
#include <stdexcept>

#include "dontgoback/security/crypto/random_bytes.hpp"
#include "files/private_file.hpp"

namespace dontgoback::security {
namespace {

constexpr std::size_t kMaxSecret = 64 * 1024;
constexpr std::size_t kKey = 32;

std::string checked_key(const std::filesystem::path& file, std::string key) {
  if (key.size() == kKey) return key;
  throw std::runtime_error(file.string() + ": a key must have 32 bytes, this has " + std::to_string(key.size()));
}

}  // namespace

std::string read_secret_file(const std::filesystem::path& file) {
  auto content = read_private_file(file, kMaxSecret);
  if (!content) throw std::runtime_error(file.string() + ": no such file");
  while (content->ends_with('\n') || content->ends_with('\r')) content->pop_back();
  if (content->empty()) throw std::runtime_error(file.string() + ": empty");
  return *std::move(content);
}

std::string read_secret_line(const std::filesystem::path& file) {
  auto secret = read_secret_file(file);
  const auto is_control = [](unsigned char c) { return c < ' ' || c == 0x7F; };
  if (std::any_of(secret.begin(), secret.end(), is_control)) {
    throw std::runtime_error(file.string() +
                             ": more than a secret in one line: it has line breaks or control "
                             "characters");
  }
  if (secret.find_first_not_of(' ') == std::string::npos) throw std::runtime_error(file.string() + ": blank");
  return secret;
}

std::string secret_of(std::string_view option, const std::filesystem::path& file) {
  try {
    return read_secret_line(file);
  } catch (const std::runtime_error& error) {
    throw std::invalid_argument(std::string(option) + ": " + error.what());
  }
}

std::string read_key(const std::filesystem::path& file) {
  auto key = read_private_file(file, kMaxSecret);
  if (!key) {
    throw std::runtime_error(file.string() +
                             " is missing: restore it; or, for a database that never had one, start the server or run "
                             "`dontgoback db migrate`, which make it");
  }
  return checked_key(file, *std::move(key));
}

std::string read_or_create_key(const std::filesystem::path& file) {
  return checked_key(file, read_or_create_private_file(file, kMaxSecret, [] { return random_bytes(kKey); }));
}

}  // namespace dontgoback::security
