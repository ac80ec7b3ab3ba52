#include "endpoints/refusal.hpp"

#include <algorithm>

#include "dontgoback/json/writer.hpp"
#include "dontgoback/text/ascii.hpp"
#include "resource_server/proof.hpp"

namespace dontgoback::auth {
namespace {

constexpr std::size_t kLongestScheme = 16;

/// RFC 9110 section 5.6.4; what a field may not hold becomes a space.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c >= ' ' && c <= '~' ? c : ' ';
  }
  return out += '"';
}

std::string error_parameters(std::string_view error, std::string_view description) {
  return "error=" + quoted(error) + ", error_description=" + quoted(description);
}

/// The scheme that `Authorization` names. What has no credentials behind it may be a secret without its scheme.
std::string_view scheme_of(std::string_view authorization) {
  const auto scheme = authorization.substr(0, authorization.find(' '));
  const bool is_word = !scheme.empty() && scheme.size() <= kLongestScheme &&
                       std::all_of(scheme.begin(), scheme.end(),
                                   [](char c) { return text::is_letter(c) || text::is_digit(c) || c == '-'; });
  return is_word && scheme.size() < authorization.size() ? scheme : "Basic";
}

/// Basic is what clients may use here; who came with another scheme hears in that, and what to use instead.
std::string challenge_to(const http::Request& request, const Refusal& refusal) {
  const auto scheme = scheme_of(request.header("Authorization"));
  if (text::same_ignoring_case(scheme, "Basic")) return basic_challenge(refusal.error(), refusal.what());
  return std::string(scheme) + ' ' + error_parameters(refusal.error(), refusal.what()) +
         ", Basic realm=\"dontgoback\", charset=\"UTF-8\"";
}

http::Response error_response(int status, std::string_view error, std::string_view description) {
  http::Response response;
  response.status = status;
  json::Writer writer(response.body);
  writer.begin_object();
  writer.field("error", error);
  writer.field("error_description", description);
  writer.end_object();
  response.header("Cache-Control", "no-store").header("Pragma", "no-cache");
  return response;
}

}  // namespace

std::string basic_challenge(std::string_view error, std::string_view description) {
  return "Basic realm=\"dontgoback\", charset=\"UTF-8\", " + error_parameters(error, description);
}

http::Response refused(const Refusal& refusal, const http::Request& request) {
  const bool challenges = refusal.status() == 401 && request.headers->count("Authorization") > 0;
  const int status = refusal.status() == 401 && !challenges ? 400 : refusal.status();
  auto response = error_response(status, refusal.error(), refusal.what());
  if (challenges) response.header("WWW-Authenticate", challenge_to(request, refusal));
  if (refusal.retry_after) response.header("Retry-After", std::to_string(refusal.retry_after->count()));
  if (!refusal.dpop_nonce.empty()) response.header(kNonceField, refusal.dpop_nonce);
  response.reason = refusal.reason();
  return response;
}

http::Response oauth_failure(const http::Request&, int status, const Message& message) {
  const std::string_view error = status == 429 || status == 503 ? "temporarily_unavailable"
                                 : status >= 500                ? "server_error"
                                                                : "invalid_request";
  return error_response(status, error, message.en);
}

Refusal invalid_client(std::string_view reason, const std::string& description) {
  return {401, "invalid_client", reason, description};
}

Refusal too_many_failures(std::chrono::seconds wait) {
  Refusal refusal(429, "temporarily_unavailable", "too_often",
                  "too many failed authentications from here; try again in " + std::to_string(wait.count()) + " s");
  refusal.retry_after = wait;
  return refusal;
}

Refusal try_again(std::string_view reason, const std::string& description, std::chrono::seconds wait) {
  Refusal refusal(503, "temporarily_unavailable", reason, description);
  refusal.retry_after = wait;
  return refusal;
}

}  // namespace dontgoback::auth
