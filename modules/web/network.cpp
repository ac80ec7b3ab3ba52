#include "network.hpp"

#include <array>
#include <fstream>
#include <stdexcept>
#include <utility>
#include <variant>

#include "dontgoback/json/writer.hpp"
#include "dontgoback/mail/address.hpp"
#include "dontgoback/text/ascii.hpp"
#include "dontgoback/text/url.hpp"
#include "dontgoback/text/utf8.hpp"

namespace dontgoback::web {
namespace {

constexpr std::size_t kLongestWelcome = 600;  // code points
constexpr std::size_t kLongestRules = 10'000;
constexpr std::string_view kFile = "file:";

/// The text, or why there is none.
using Read = std::variant<std::string, std::invalid_argument>;

std::invalid_argument wrong(std::string what) { return std::invalid_argument(std::move(what)); }

/// Lines end as here, and nothing stands at the end.
std::string as_shown(std::string text) {
  std::erase(text, '\r');
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

bool has_controls(std::string_view text) {
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F) return true;
  }
  return false;
}

Read checked(std::string text, std::size_t longest) {
  if (!text::is_utf8(text)) return wrong("must be UTF-8");
  text = as_shown(std::move(text));
  if (has_controls(text)) return wrong("must have no control characters but line ends and tabs");
  if (text::code_points(text) > longest) {
    return wrong("must have at most " + std::to_string(longest) + " characters, not " +
                 std::to_string(text::code_points(text)));
  }
  return text;
}

Read read_text(const std::string& given, std::size_t longest) {
  if (!given.starts_with(kFile)) return checked(given, longest);
  const auto path = given.substr(kFile.size());
  std::ifstream file(path, std::ios::binary);
  if (!file) return wrong(path + " cannot be read");
  // No more than could be allowed, whatever the file is.
  std::string text(4 * longest + 2, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > 4 * longest) return wrong(path + " must have at most " + std::to_string(longest) + " characters");
  return checked(std::move(text), longest);
}

bool is_contact(std::string_view text) {
  if (text.starts_with("mailto:")) return mail::is_address(text.substr(7));
  const auto url = text::Url::parse(text);
  return url && url->https;
}

std::string text_of(const std::string& given, std::size_t longest) {
  auto read = read_text(given, longest);
  if (const auto* problem = std::get_if<std::invalid_argument>(&read)) throw *problem;
  return std::get<std::string>(std::move(read));
}

Told both(const std::string& ko, const std::string& en, std::size_t longest) {
  Told told{text_of(ko, longest), text_of(en, longest)};
  if (told.en.empty()) told.en = told.ko;
  if (told.ko.empty()) told.ko = told.en;
  return told;
}

}  // namespace

void NetworkOptions::declare(config::Options& options) {
  options.text("--network-accent", "COLOUR", accent_,
               "#RRGGBB, of buttons: darker in the light theme and lighter in the dark where words could not be read "
               "on it");
  options.text("--welcome-text", "TEXT", welcome_,
               "What the page says where people sign in, in paragraphs, or file:PATH; 600 characters");
  options.text("--welcome-text-en", "TEXT", welcome_en_, "The same in English; the text above, if that is given");
  options.text("--rules", "TEXT", rules_,
               "The network's rules, on the page about it, in paragraphs, or file:PATH; 10 000 characters");
  options.text("--rules-en", "TEXT", rules_en_, "The same in English; the rules above, if they are given");
  options.text("--network-contact", "URL", contact_,
               "By which people reach who runs the network: https://… or mailto:ADDRESS; the page about it says it");
}

void NetworkOptions::check(config::Checks& checks) const {
  if (!accent_.empty() && !parse_colour(accent_)) checks.wrong("--network-accent", "must be a colour, #RRGGBB");
  if (!contact_.empty() && !is_contact(contact_)) {
    checks.wrong("--network-contact", "must be https://HOST… or mailto:ADDRESS");
  }
  struct Text {
    std::string_view option;
    const std::string& given;
    std::size_t longest;
  };
  const std::array<Text, 4> texts{{{"--welcome-text", welcome_, kLongestWelcome},
                                   {"--welcome-text-en", welcome_en_, kLongestWelcome},
                                   {"--rules", rules_, kLongestRules},
                                   {"--rules-en", rules_en_, kLongestRules}}};
  for (const auto& [option, given, longest] : texts) {
    if (given.starts_with(kFile) && !checks.looks_at_files()) continue;
    const auto read = read_text(given, longest);
    if (const auto* problem = std::get_if<std::invalid_argument>(&read)) checks.wrong(option, problem->what());
  }
}

std::vector<backup::KeptFile> NetworkOptions::kept_files() const {
  std::vector<backup::KeptFile> files;
  for (const auto& [name, given] : {std::pair<const char*, const std::string&>{"welcome-text", welcome_},
                                    {"welcome-text-en", welcome_en_},
                                    {"rules", rules_},
                                    {"rules-en", rules_en_}}) {
    if (given.starts_with(kFile)) files.push_back({.name = name, .path = given.substr(kFile.size())});
  }
  return files;
}

Network NetworkOptions::read(const config::NetworkName& name) const {
  return {name, parse_colour(accent_), both(welcome_, welcome_en_, kLongestWelcome),
          both(rules_, rules_en_, kLongestRules), contact_};
}

std::string page_json(const Network& network) {
  std::string out;
  json::Writer writer(out);
  writer.begin_object();
  writer.field("ko", network.name.ko);
  writer.field("en", network.name.en);
  if (network.accent) {
    const auto shades = shades_of(*network.accent);
    writer.key("accent");
    writer.begin_array();
    writer.value(shades.light.text());
    writer.value(shades.dark.text());
    writer.end_array();
  }
  if (!network.welcome.empty()) {
    writer.key("welcome");
    writer.begin_object();
    writer.field("ko", network.welcome.ko);
    writer.field("en", network.welcome.en);
    writer.end_object();
  }
  writer.end_object();
  return out;
}

}  // namespace dontgoback::web
