#include "answers.hpp"

#include "dontgoback/http/method.hpp"

namespace dontgoback::walk::first_release {
namespace {

std::string_view error_of(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 409:
      return "Conflict";
    case 413:
      return "Payload Too Large";
    case 429:
      return "Too Many Requests";
    case 503:
      return "Service Unavailable";
    default:
      return "Error";
  }
}

}  // namespace

http::Response said(int status, std::string_view message) {
  return answer(status, [message](json::Writer& writer) { writer.field("message", message); });
}

http::Response with_tokens(http::Response response, std::string_view access_token, std::string_view refresh_token) {
  response.header("Authorization", "Bearer " + std::string(access_token));
  response.header("X-Refresh-Token", std::string(refresh_token));
  response.header("Cache-Control", "no-store");
  return response;
}

http::Response failed(int status, std::string_view message) {
  return answer(status, [&](json::Writer& writer) {
    writer.field("message", message);
    writer.field("error", error_of(status));
    writer.field("statusCode", status);
  });
}

http::Response broken() {
  return answer(500, [](json::Writer& writer) {
    writer.field("statusCode", 500);
    writer.field("message", "Internal server error");
  });
}

http::Response in_its_form(const http::Request& request, int status, const Message& message) {
  if (status == 405) return nowhere(request);
  if (status == 500) return broken();
  return failed(status, http::in(request.language, message));
}

http::Response nowhere(const http::Request& request, int status, const Message& message) {
  return status == 404 || status == 405 || status == 413 ? nowhere(request) : in_its_form(request, status, message);
}

http::Response nowhere(const http::Request& request) {
  return failed(404, "Cannot " + std::string(http::name_of(request.method)) + " " + std::string(request.path));
}

}  // namespace dontgoback::walk::first_release
