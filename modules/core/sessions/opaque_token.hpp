#pragma once

#include <string>
#include <string_view>

// Tokens that say nothing: refresh tokens, and those of sign-in links. The database keeps their hash.
namespace dontgoback::core::sessions {

/// 256 random bits as base64url.
std::string new_opaque_token();
/// Whether the text can be one at all.
bool is_opaque_token(std::string_view text);
/// What the database keeps of an opaque token: base64url of its SHA-256.
std::string stored_form(std::string_view token);

}  // namespace dontgoback::core::sessions
