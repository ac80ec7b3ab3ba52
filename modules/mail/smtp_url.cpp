#include "smtp_url.hpp"

#include "dontgoback/text/ascii.hpp"
#include "dontgoback/text/url.hpp"

namespace dontgoback::mail {
namespace {

constexpr std::string_view kPlain = "smtp://";
constexpr std::string_view kTls = "smtps://";
constexpr std::uint16_t kSubmission = 587;   // RFC 6409
constexpr std::uint16_t kSubmissions = 465;  // RFC 8314 section 3.3

}  // namespace

std::optional<SmtpUrl> SmtpUrl::parse(std::string_view text) {
  SmtpUrl url;
  url.implicit_tls = text::starts_ignoring_case(text, kTls);
  if (!url.implicit_tls && !text::starts_ignoring_case(text, kPlain)) return std::nullopt;
  auto rest = text.substr(url.implicit_tls ? kTls.size() : kPlain.size());
  if (rest.ends_with('/')) rest.remove_suffix(1);
  // Host and port are what they are in any URL. A colon that is no part of an IPv6 address begins a port.
  const auto place = text::Url::parse("http://" + std::string(rest));
  if (!place || !place->path.empty() || !place->query.empty() || rest.find('#') != std::string_view::npos) {
    return std::nullopt;
  }
  const bool has_port = rest.rfind(':') != std::string_view::npos && !rest.ends_with(']');
  url.host = place->host;
  url.port = has_port ? place->port : (url.implicit_tls ? kSubmissions : kSubmission);
  url.is_loopback = place->is_loopback();
  return url;
}

std::string SmtpUrl::text() const {
  return std::string(implicit_tls ? kTls : kPlain) + host + ":" + std::to_string(port);
}

}  // namespace dontgoback::mail
