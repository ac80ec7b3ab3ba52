#include "about.hpp"

#include "dontgoback/http/entity_tag.hpp"

namespace dontgoback::web {
namespace {

void write_text(json::Writer& writer, std::string_view name, std::string_view text) {
  writer.key(name);
  if (text.empty()) {
    writer.null();
  } else {
    writer.value(text);
  }
}

}  // namespace

http::Response about(const Network& network, bool public_reading, const http::Request& request) {
  auto response = http::envelope(request, 200, {"네트워크입니다.", "The network."}, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("name", network.name.in(request.language));
    write_text(writer, "welcome", network.welcome.in(request.language));
    write_text(writer, "rules", network.rules.in(request.language));
    write_text(writer, "contact", network.contact);
    writer.field("publicReading", public_reading);
    writer.end_object();
  });
  auto tag = http::entity_tag(response.body);
  if (http::names_entity_tag(request.header("If-None-Match"), tag)) {
    response.status = 304;
    response.body.clear();
  }
  response.header("ETag", std::move(tag)).header("Cache-Control", "no-cache").header("Vary", "Accept-Language");
  return response;
}

}  // namespace dontgoback::web
