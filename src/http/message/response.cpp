#include "dontgoback/http/response.hpp"

#include <array>

namespace dontgoback::http {

void begin_envelope(json::Writer& writer, const Request& request, int status, const Message& message) {
  const std::array<char, 5> code{status < 400 ? 'S' : 'F', '-', static_cast<char>('0' + status / 100 % 10),
                                 static_cast<char>('0' + status / 10 % 10), static_cast<char>('0' + status % 10)};
  writer.begin_object();
  writer.field("resultCode", std::string_view(code.data(), code.size()));
  writer.field("message", in(request.language, message));
  writer.key("data");
}

Response envelope(const Request& request, int status, const Message& message) {
  if (status >= 400 && request.failure_form != nullptr) return request.failure_form(request, status, message);
  return envelope(request, status, message, [](json::Writer& writer) { writer.null(); });
}

Response redirect(std::string location) {
  Response response;
  response.status = 302;
  response.header("Location", std::move(location));
  return response;
}

Response text(int status, std::string body) {
  Response response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::move(body);
  return response;
}

}  // namespace dontgoback::http
