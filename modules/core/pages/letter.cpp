#include "pages.hpp"

namespace dontgoback::core::pages {
namespace {

void add(std::string& text, std::initializer_list<std::string_view> parts) {
  for (const auto part : parts) text += part;
}

}  // namespace

mail::Message compose(const std::string& to, const Letter& letter) {
  // Mail programs know no style sheets: what there is stands in the tags.
  std::string html;
  add(html, {"<!doctype html>\n<html lang=\"", letter.language == http::Language::ko ? "ko" : "en",
             "\">\n<head><meta charset=\"utf-8\"><title>", letter.title,
             "</title></head>\n<body style=\"font-family:sans-serif;line-height:1.6;max-width:32em;margin:2em "
             "auto;padding:0 1em\">\n<h1 style=\"font-size:1.25em\">",
             letter.title, "</h1>\n<p>", letter.body, "</p>\n"});
  std::string text;
  add(text, {letter.body, "\n\n"});
  if (!letter.link.empty()) {
    add(html, {"<p><a href=\"", letter.link,
               "\" style=\"background:#1b1d22;border-radius:.6em;color:#fffdf8;display:inline-block;padding:.6em "
               "1.2em;text-decoration:none\">",
               letter.button, "</a></p>\n<p style=\"overflow-wrap:anywhere\"><a href=\"", letter.link, "\">",
               letter.link, "</a></p>\n"});
    add(text, {letter.link, "\n\n"});
  }
  if (!letter.more.empty()) {
    add(html, {"<p>", letter.more, "</p>\n"});
    add(text, {letter.more, "\n\n"});
  }
  add(html, {"<p style=\"color:#5c5f66\">", letter.ignore, "</p>\n</body>\n</html>\n"});
  add(text, {letter.ignore, "\n"});
  return {.to = to, .subject = std::string(letter.subject), .text = std::move(text), .html = std::move(html)};
}

}  // namespace dontgoback::core::pages
