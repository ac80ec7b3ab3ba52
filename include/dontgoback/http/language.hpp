#pragma once

#include <string_view>

#include "dontgoback/result.hpp"

namespace dontgoback::http {

/// The languages that answers are written in.
enum class Language { ko, en };

/// The sentence in that language.
constexpr std::string_view in(Language language, const Message& message) {
  return language == Language::en ? message.en : message.ko;
}

/// `en` when `Accept-Language` prefers it to `ko`, else `ko` (RFC 9110 section 12.5.4).
Language language_of(std::string_view accept_language);

}  // namespace dontgoback::http
