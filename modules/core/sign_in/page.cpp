#include "page.hpp"

#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"

namespace dontgoback::core::sign_in {
namespace {

constexpr std::string_view kStyle =
    "html{color-scheme:light dark}"
    "body{font:16px/1.5 system-ui,sans-serif;max-width:24rem;margin:20vh auto 0;padding:0 1rem;text-align:center}"
    "label{display:block;margin:1rem 0}button{font:inherit;padding:.6rem 2rem}";

}  // namespace

std::string sign_in_page(http::Language language, std::string_view token, bool guest) {
  const bool korean = language == http::Language::ko;
  std::string page = "<!doctype html><html lang=\"";
  page += korean ? "ko" : "en";
  page += "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>";
  page += korean ? "로그인" : "Sign in";
  page += "</title><style>";
  page += kStyle;
  page += "</style></head><body><h1>";
  page += korean ? "로그인" : "Sign in";
  page += "</h1><form method=\"post\" action=\"/api/sign-in-link\"><input type=\"hidden\" name=\"token\" value=\"";
  page += token;
  page += "\">";
  if (guest) {
    page += "<label><input type=\"checkbox\" name=\"keepPosts\" value=\"true\" checked> ";
    page += korean ? "방문자로 쓴 글을 가져오기" : "Take along what I wrote as a guest";
    page += "</label>";
  }
  page += "<button>";
  page += korean ? "로그인하기" : "Sign in";
  page += "</button></form></body></html>\n";
  return page;
}

const std::string& sign_in_page_policy() {
  static const std::string policy = "default-src 'none'; style-src 'sha256-" +
                                    security::base64_encode(security::bytes(security::sha256(kStyle))) +
                                    "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  return policy;
}

}  // namespace dontgoback::core::sign_in
