#include "sign_in/email/email_code.hpp"

#include <cstdint>

#include "dontgoback/security/crypto/hash.hpp"
#include "sessions/sessions.hpp"

namespace dontgoback::core::sign_in {

std::string email_code(std::string_view token) {
  constexpr std::uint64_t kCodes = 1'000'000;
  // 64 bits: six digits of them are even to one in 10^13.
  const auto digest = security::sha256("email-sign-in/code|" + std::string(token));
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i) number = number << 8 | digest[i];
  return std::to_string(kCodes + number % kCodes).substr(1);
}

std::string typed_code(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c != ' ' && c != '-') digits += c;
  }
  return digits;
}

std::string stored_code(std::string_view code, std::string_view browser) {
  return sessions::stored_form(std::string(code) + "|" + std::string(browser));
}

}  // namespace dontgoback::core::sign_in
