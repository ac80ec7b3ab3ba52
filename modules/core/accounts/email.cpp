#include "email.hpp"

namespace dontgoback::core::accounts {
namespace {

/// The first `n` code points of well-formed UTF-8.
std::string_view first_characters(std::string_view text, std::size_t n) {
  std::size_t end = 0;
  for (; end < text.size(); ++end) {
    const bool starts_character = (static_cast<unsigned char>(text[end]) & 0xC0) != 0x80;
    if (starts_character && n-- == 0) break;
  }
  return text.substr(0, end);
}

}  // namespace

std::string masked_email(std::string_view email) {
  const auto at = email.rfind('@');
  const auto local = email.substr(0, at);
  const auto domain = at == std::string_view::npos ? std::string_view{} : email.substr(at + 1);
  const auto dot = domain.rfind('.');
  std::string masked(first_characters(local, 4));
  masked += "******@";
  masked += first_characters(domain.substr(0, dot), 1);
  masked += "*****";
  if (dot != std::string_view::npos) masked += domain.substr(dot);
  return masked;
}

std::optional<std::string> masked_email(const Account& account) {
  if (account.role == http::Role::guest) {
    return masked_email("guest" + std::to_string(account.id.value) + "@dontgoback.invalid");
  }
  if (!account.email) return std::nullopt;
  return masked_email(*account.email);
}

}  // namespace dontgoback::core::accounts
