#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "pages.hpp"

namespace dontgoback::core::pages {
namespace {

/// The page's look (web/ui/src/lib/tokens.css) without its scripts: mail programs open links in browsers of their own.
constexpr std::string_view kStyle = R"css(
:root{color-scheme:light dark;--paper:#f7f4ec;--sheet:#fffdf8;--ink:#1b1d22;--soft:#5c5f66;--line:#ded8c9;--strong:#8d8775;--focus:#1a4fd0}
@media(prefers-color-scheme:dark){:root{--paper:#12151a;--sheet:#191d24;--ink:#eceae4;--soft:#a3a6ad;--line:#2d323b;--strong:#6d7380;--focus:#86aaff}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;background:var(--paper);color:var(--ink);font:1rem/1.6 system-ui,-apple-system,'Apple SD Gothic Neo','Malgun Gothic','Noto Sans KR','Noto Sans CJK KR',sans-serif}
body{margin:0;overflow-wrap:anywhere;word-break:keep-all}
main{display:grid;gap:1rem;margin:0 auto;max-width:26rem;padding:12vh 1rem 2rem}
p,h1{margin:0}
.brand{font-size:2.5rem;font-weight:800;letter-spacing:-.04em;line-height:1.1}
.soft{color:var(--soft)}
.hint{color:var(--soft);font-size:.8125rem}
h1{border-top:1px solid var(--line);font-size:1.25rem;padding-top:1rem}
form{display:grid;gap:1rem}
label{align-items:start;background:var(--sheet);border:1px solid var(--line);border-radius:.625rem;cursor:pointer;display:grid;gap:0 .75rem;grid-template-columns:auto 1fr;min-height:2.75rem;padding:.75rem 1rem}
input{accent-color:var(--ink);height:1.25rem;margin:.2rem 0 0;width:1.25rem}
label .hint{grid-column:2}
button{background:var(--ink);border:0;border-radius:.625rem;color:var(--paper);cursor:pointer;font:inherit;font-weight:600;min-height:2.75rem;padding:0 1rem}
a{align-items:center;color:inherit;display:inline-flex;min-height:2.75rem}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
)css";

struct Words {
  std::string_view language, brand, tagline;
};
constexpr Words kKorean{"ko", "돈고백", "이름이 곧 재산인 익명 SNS"};
constexpr Words kEnglish{"en", "dontgoback", "An anonymous network where your name is your fortune"};

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const auto part : parts) text += part;
  return text;
}

}  // namespace

std::string page(http::Language language, std::string_view title, std::string_view inner) {
  const auto& words = language == http::Language::ko ? kKorean : kEnglish;
  return joined(
      {"<!doctype html><html lang=\"", words.language,
       "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
       "<meta name=\"color-scheme\" content=\"light dark\"><link rel=\"icon\" href=\"/icon.svg\"><title>",
       title, " · ", words.brand, "</title><style>", kStyle, "</style></head><body><main><header><p class=\"brand\">",
       words.brand, "</p><p class=\"soft\">", words.tagline, "</p></header><h1>", title, "</h1>", inner,
       "</main></body></html>\n"});
}

std::string form(std::string_view action, std::string_view token, std::string_view inner, std::string_view button) {
  return joined({"<form method=\"post\" action=\"", action, "\"><input type=\"hidden\" name=\"token\" value=\"", token,
                 "\">", inner, "<button>", button, "</button></form>"});
}

std::string way_back(std::string_view words) { return joined({"<p class=\"hint\"><a href=\"/\">", words, "</a></p>"}); }

const std::string& policy() {
  static const std::string kPolicy = "default-src 'none'; img-src 'self'; style-src 'sha256-" +
                                     security::base64_encode(security::bytes(security::sha256(kStyle))) +
                                     "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  return kPolicy;
}

http::Response answer(std::string page) {
  http::Response response;
  response.content_type = "text/html; charset=utf-8";
  response.body = std::move(page);
  response.header("Content-Security-Policy", policy());
  response.header("Cache-Control", "no-store");
  return response;
}

http::Response to_sign_in_page(const http::Request&, int status, const Message&) {
  const bool later = status == 429 || status >= 500;
  auto response = http::redirect(later ? "/login?status=busy" : "/login?status=refused");
  response.status = 303;
  response.header("Cache-Control", "no-store");
  return response;
}

}  // namespace dontgoback::core::pages
