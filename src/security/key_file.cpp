#include "dontgoback/security/key_file.hpp"

#include <stdexcept>

#include "private_file.hpp"

namespace dontgoback::security {
namespace {

constexpr std::size_t kMaxPem = 64 * 1024;

SigningKey read_key(const std::filesystem::path& file, std::string_view pem) {
  try {
    return SigningKey::from_pem(pem);
  } catch (const std::exception& error) {
    throw std::runtime_error(file.string() + ": " + error.what());
  }
}

}  // namespace

SigningKey load_or_create_signing_key(const std::filesystem::path& file, Algorithm algorithm) {
  const auto pem =
      read_or_create_private_file(file, kMaxPem, [algorithm] { return SigningKey::generate(algorithm).to_pem(); });
  auto key = read_key(file, pem);
  if (key.algorithm() != algorithm) {
    throw std::runtime_error(file.string() + ": a key for " + std::string(name_of(key.algorithm())) + ", not " +
                             std::string(name_of(algorithm)));
  }
  return key;
}

}  // namespace dontgoback::security
