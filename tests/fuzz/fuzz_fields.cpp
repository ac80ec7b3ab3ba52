// Values of fields that decide what a client gets: cookies, entity tags, languages, encodings. The first line names
// what is looked for.
#include <algorithm>

#include "dontgoback/http/cookies.hpp"
#include "dontgoback/http/entity_tag.hpp"
#include "dontgoback/http/language.hpp"
#include "dontgoback/http/preference.hpp"
#include "dontgoback/text/parts.hpp"
#include "fuzz.hpp"
#include "http/message/fields.hpp"
#include "web/answer.hpp"

using namespace dontgoback;
using dontgoback::fuzz::require;

namespace {

void check_cookies(std::string_view name, std::string_view value) {
  http::FieldList fields;
  fields.add("Cookie", value);
  http::Request request;
  request.headers = &fields;
  const auto found = http::cookie(request, name);
  require(found.count <= 1 + static_cast<std::size_t>(std::count(value.begin(), value.end(), ';')));
  require(found.value.find(';') == found.value.npos);
  require(found.only().has_value() == (found.count == 1));
  if (name.empty() || name.find_first_of("=; \t") != name.npos) return;
  // Whoever can put one more beside it makes it nobody's.
  const std::string more = std::string(value).append("; ").append(name).append("=x");
  http::FieldList two;
  two.add("Cookie", more);
  request.headers = &two;
  require(http::cookie(request, name).count == found.count + 1);
  two.add("Cookie", "");
  require(!http::cookie(request, name).only());
}

void check_entity_tags(std::string_view tag, std::string_view list) {
  if (tag.empty() || tag.find_first_of(", \t\n") != tag.npos || tag.starts_with("W/")) return;
  const auto weak = "W/" + std::string(tag);
  require(http::names_entity_tag(tag, tag) && http::names_entity_tag(weak, tag) && http::names_entity_tag("*", tag));
  require(http::names_entity_tag(std::string(list).append(", ").append(weak), tag));
  if (list.find(tag) == list.npos) require(!http::names_entity_tag(list, tag) || text::trimmed(list) == "*");
}

constexpr web::File kFile{"/a", "text/plain", false, {"as it is", "\"i\""}, {"packed", "\"g\""}, {"less", "\"b\""}};

void check_preferences(std::string_view list) {
  const auto etag = web::choose(kFile, list).etag;
  require(etag == "\"i\"" || list.find_first_of("gGbB*") != list.npos);
  const auto language = http::language_of(list);
  require(language == http::Language::ko || text::trimmed(list).find_first_of("eE") != list.npos);
  std::size_t elements = 0;
  for (auto rest = list; !rest.empty(); ++elements) {
    const auto left = rest.size();
    const auto preference = http::take_preference(rest);
    require(rest.size() < left);
    require(preference.weight >= 0 && preference.weight <= 1000);
    require(preference.value.find_first_of(",;") == preference.value.npos);
  }
  require(elements <= 1 + static_cast<std::size_t>(std::count(list.begin(), list.end(), ',')));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto value = fuzz::text_of(data, size);
  const auto name = text::take(value, '\n');
  check_cookies(name, value);
  check_entity_tags(name, value);
  check_preferences(value);
  return 0;
}
