#pragma once

#include <string>
#include <string_view>

// The code of six digits that a link shows in another browser. It is nowhere but in the link.
namespace dontgoback::core::sign_in {

/// 000000 to 999999, made of the link's token, evenly.
std::string email_code(std::string_view token);
/// Six digits. Blanks and hyphens between them are left out: people type codes as they are shown.
std::string typed_code(std::string_view text);
/// What the database keeps of it. Whoever reads that has no code: the browser's token is in it.
std::string stored_code(std::string_view code, std::string_view browser);

}  // namespace dontgoback::core::sign_in
