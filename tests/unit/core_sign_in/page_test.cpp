#include "core/sign_in/page.hpp"

#include <catch2/catch.hpp>

#include "core/pages/pages.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"

using namespace dontgoback;
using namespace dontgoback::core::sign_in;

namespace {

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("The page's policy lets in its own style and nothing else") {
  const auto page = sign_in_page(http::Language::ko, "token", true);
  const auto from = page.find("<style>") + 7;
  const auto style = page.substr(from, page.find("</style>") - from);
  const auto hash = security::base64_encode(security::bytes(security::sha256(style)));
  CHECK(core::pages::policy() == "default-src 'none'; img-src 'self'; style-src 'sha256-" + hash +
                                     "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
  CHECK_FALSE(has(page, "<script"));
}

TEST_CASE("The page asks guests about their posts, in the reader's language") {
  CHECK(has(sign_in_page(http::Language::ko, "abc", true), "keepPosts"));
  CHECK_FALSE(has(sign_in_page(http::Language::ko, "abc", true), "checked"));
  CHECK_FALSE(has(sign_in_page(http::Language::ko, "abc", false), "keepPosts"));
  CHECK(has(sign_in_page(http::Language::ko, "abc", false), "로그인하기"));
  CHECK(has(sign_in_page(http::Language::en, "abc", true), "Take along"));
  CHECK(has(sign_in_page(http::Language::en, "abc", true), "value=\"abc\""));
}

TEST_CASE("The page fits phones and follows the browser's theme, in either language") {
  for (const auto language : {http::Language::ko, http::Language::en}) {
    const auto page = sign_in_page(language, "abc", true);
    CHECK(has(page, "width=device-width"));
    CHECK(has(page, "prefers-color-scheme:dark"));
    CHECK(has(page, language == http::Language::ko ? "lang=\"ko\"" : "lang=\"en\""));
    CHECK(has(page, language == http::Language::ko ? "돈고백" : "dontgoback"));
  }
}
