#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dontgoback::auth {

/// What one node's operator pastes on another machine, so that the node there joins: a text without spaces, with a
/// check of its own. Single use, and for a time: the auth server knows.
struct JoinCode {
  std::string issuer;      ///< where the auth server is, as tokens call it
  std::string thumbprint;  ///< of a key that it signs with (RFC 7638): another server there is not the one
  std::string secret;      ///< what lets the node in
  std::string role;
  std::string client_id;   ///< what the node will be called
  std::int64_t made_at{};  ///< Unix seconds, by the auth server's clock
};

std::string to_text(const JoinCode& code);
/// Nothing for what is no such text, or was changed on its way: mistyped, cut off, of a later version. A fuzzer may
/// call it.
std::optional<JoinCode> parse_join_code(std::string_view text);

}  // namespace dontgoback::auth
