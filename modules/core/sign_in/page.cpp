#include "page.hpp"

#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"

namespace dontgoback::core::sign_in {
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
  std::string_view language, brand, tagline, title, once, keep, keep_hint, button, leave, elsewhere, show, code,
      code_hint;
};

constexpr Words kKorean{
    "ko",
    "돈고백",
    "이름이 곧 재산인 익명 SNS",
    "로그인",
    "링크는 한 번만 쓸 수 있습니다.",
    "방문자로 쓴 글을 가져오기",
    "글, 댓글, 좋아요가 회원의 것이 됩니다. 가져오지 않으면 방문자의 것으로 남고 더는 고칠 수 없습니다.",
    "로그인하기",
    "로그인하지 않고 돌아가기",
    "로그인을 요청한 브라우저가 아닙니다. 숫자 여섯 자리를 보고 그 브라우저에 입력하세요.",
    "숫자 보기",
    "로그인을 요청한 브라우저에 이 숫자를 입력하세요.",
    "이 브라우저에서는 로그인되지 않습니다. 로그인을 요청한 적이 없다면 이 창을 닫고, 숫자를 누구에게도 알려 주지 "
    "마세요."};
constexpr Words kEnglish{
    "en",
    "dontgoback",
    "An anonymous network where your name is your fortune",
    "Sign in",
    "This link works once.",
    "Take along what I wrote as a guest",
    "Posts, comments and likes become the member’s. Left behind they stay the guest’s and cannot "
    "be edited any more.",
    "Sign in",
    "Go back without signing in",
    "This is not the browser where you asked to sign in. See six digits here and type them there.",
    "Show the digits",
    "Type these digits in the browser where you asked to sign in.",
    "Nobody is signed in here. If you did not ask to sign in, close this page, and tell the digits "
    "to nobody."};

void add(std::string& page, std::initializer_list<std::string_view> parts) {
  for (const auto part : parts) page += part;
}

const Words& words_in(http::Language language) { return language == http::Language::ko ? kKorean : kEnglish; }

void begin(std::string& page, const Words& words) {
  add(page, {"<!doctype html><html lang=\"", words.language,
             "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
             "<meta name=\"color-scheme\" content=\"light dark\"><link rel=\"icon\" href=\"/icon.svg\"><title>",
             words.title, " · ", words.brand, "</title><style>", kStyle,
             "</style></head><body><main><header><p class=\"brand\">", words.brand, "</p><p class=\"soft\">",
             words.tagline, "</p></header><h1>", words.title, "</h1>"});
}

void begin_form(std::string& page, const Words& words, std::string_view action, std::string_view token) {
  add(page, {"<p>", words.once, "</p><form method=\"post\" action=\"", action,
             "\"><input type=\"hidden\" name=\"token\" value=\"", token, "\">"});
}

void end_form(std::string& page, const Words& words) {
  add(page, {"<button>", words.button, "</button></form><p class=\"hint\"><a href=\"/\">", words.leave, "</a></p>"});
}

void end(std::string& page) { page += "</main></body></html>\n"; }

}  // namespace

std::string sign_in_page(http::Language language, std::string_view token, bool guest) {
  const auto& words = words_in(language);
  std::string page;
  begin(page, words);
  begin_form(page, words, "/api/sign-in-link", token);
  if (guest) {
    // Not chosen beforehand: whoever wrote here as a guest may be somebody else.
    add(page, {"<label><input type=\"checkbox\" name=\"keepPosts\" value=\"true\"><span>", words.keep,
               "</span><span class=\"hint\">", words.keep_hint, "</span></label>"});
  }
  end_form(page, words);
  end(page);
  return page;
}

std::string email_link_page(http::Language language, std::string_view token) {
  const auto& words = words_in(language);
  std::string page;
  begin(page, words);
  begin_form(page, words, "/api/sign-in/email", token);
  end_form(page, words);
  end(page);
  return page;
}

std::string email_elsewhere_page(http::Language language, std::string_view token) {
  const auto& words = words_in(language);
  std::string page;
  begin(page, words);
  add(page, {"<p>", words.elsewhere,
             "</p><form method=\"post\" action=\"/api/sign-in/email\"><input type=\"hidden\" name=\"token\" value=\"",
             token, "\"><input type=\"hidden\" name=\"show\" value=\"digits\"><button>", words.show,
             "</button></form><p class=\"hint\">", words.code_hint, "</p>"});
  end(page);
  return page;
}

std::string email_code_page(http::Language language, std::string_view code) {
  const auto& words = words_in(language);
  std::string page;
  begin(page, words);
  add(page, {"<p>", words.code, "</p><p class=\"brand\" id=\"code\">", code, "</p><p class=\"hint\">", words.code_hint,
             "</p>"});
  end(page);
  return page;
}

const std::string& sign_in_page_policy() {
  static const std::string policy = "default-src 'none'; img-src 'self'; style-src 'sha256-" +
                                    security::base64_encode(security::bytes(security::sha256(kStyle))) +
                                    "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  return policy;
}

}  // namespace dontgoback::core::sign_in
