#pragma once

#include <string>
#include <string_view>

#include "dontgoback/http/language.hpp"
#include "notices.hpp"

namespace dontgoback::walk::notices {

/// What a kind is called: the first line of what a device shows. The Korean of requests and acceptances is the first
/// release's.
std::string_view title_of(Kind kind, http::Language language);
/// One sentence. `nickname`: of who did it; "": it has none yet. `amount`: of a goal.
std::string text_of(Kind kind, std::string_view nickname, std::int64_t amount, http::Language language);

}  // namespace dontgoback::walk::notices
