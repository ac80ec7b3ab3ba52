#include "http/client/probe.hpp"

#include <stdexcept>

#include "dontgoback/text/url.hpp"
#include "http/client/client_connection.hpp"
#include "http/client/client_tls.hpp"
#include "http/client/resolver.hpp"

namespace dontgoback::http {

std::variant<Seen, NoAnswer> probe(const std::string& text, std::chrono::milliseconds limit) {
  const auto url = text::Url::parse(text);
  if (!url) throw std::invalid_argument("not a URL of a server: " + text);
  const auto deadline = std::chrono::steady_clock::now() + limit;
  try {
    const auto tls = url->https ? make_client_tls({}) : nullptr;
    Resolver resolver;
    const auto endpoints = resolver.resolve(std::string(url->host_name()), std::to_string(url->port), deadline);
    auto connection = ClientConnection::open(*url, endpoints, tls.get(), deadline);
    const auto head =
        "GET " + url->target() + " HTTP/1.1\r\nHost: " + url->authority() + "\r\nConnection: close\r\n\r\n";
    auto answer = connection->exchange(head, {}, deadline);
    return Seen{answer.response.status, std::move(answer.date), answer.certificate_ends};
  } catch (const NotTrusted& certificate) {
    return NoAnswer{true, certificate.what()};
  } catch (const std::exception& error) {
    return NoAnswer{false, error.what()};
  }
}

}  // namespace dontgoback::http
