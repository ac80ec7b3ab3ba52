#pragma once

#include <string>
#include <string_view>

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "service.hpp"

// What the first release's server answered, to the letter: its framework's (Nest) form of failures included.
namespace dontgoback::walk::first_release {

/// `write(json::Writer&)` writes the members of the object.
template <class F>
http::Response answer(int status, F write) {
  http::Response response;
  response.status = status;
  response.content_type = "application/json; charset=utf-8";
  json::Writer writer(response.body);
  writer.begin_object();
  write(writer);
  writer.end_object();
  return response;
}

/// `{"message": "…"}`
http::Response said(int status, std::string_view message);
/// With the tokens in the head, where the app looks for them; `Authorization` has its `Bearer ` and the other has not.
http::Response with_tokens(http::Response response, std::string_view access_token, std::string_view refresh_token);

/// `{"message": "…", "error": "Not Found", "statusCode": 404}`
http::Response failed(int status, std::string_view message);
/// What an error that nobody expected was there.
http::Response broken();

/// The form of whatever the host, or a handler's http::Error, says at a path of the first release; nothing is found by
/// another method than its own.
http::Response in_its_form(const http::Request& request, int status, const Message& message);
/// The same at a path that it has not.
http::Response nowhere(const http::Request& request, int status, const Message& message);
http::Response nowhere(const http::Request& request);

}  // namespace dontgoback::walk::first_release
