#include "shared/redis/address.hpp"

#include <algorithm>

#include "dontgoback/text/ascii.hpp"
#include "dontgoback/text/number.hpp"
#include "dontgoback/text/parts.hpp"
#include "dontgoback/text/url.hpp"

namespace dontgoback::shared {
namespace {

constexpr std::uint16_t kPort = 6379;
constexpr std::size_t kLongestSocket = 107;  // unix(7)
constexpr unsigned kMostDatabases = 10'000;

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return text::is_visible(c) && c != ':' && c != '@' && c != '/' && c != '%';
  });
}

bool read_database(std::string_view text, unsigned& database) {
  const auto number = text::number<unsigned>(text);
  if (!number || *number >= kMostDatabases) return false;
  database = *number;
  return true;
}

std::optional<RedisAddress> parse_socket(std::string_view text) {
  RedisAddress address;
  address.is_loopback = true;
  address.socket = text::take(text, '?');
  if (!address.socket.starts_with('/') || address.socket.size() > kLongestSocket) return std::nullopt;
  while (!text.empty()) {
    auto value = text::take(text, '&');
    const auto name = text::take(value, '=');
    if (name == "user" && is_name(value)) {
      address.user = value;
    } else if (name != "db" || !read_database(value, address.database)) {
      return std::nullopt;
    }
  }
  return address;
}

}  // namespace

std::optional<RedisAddress> parse_redis_url(std::string_view text) {
  if (text.starts_with("unix:")) return parse_socket(text.substr(5));
  RedisAddress address;
  address.tls = text.starts_with("rediss://");
  if (!address.tls && !text.starts_with("redis://")) return std::nullopt;
  text.remove_prefix(address.tls ? 9 : 8);
  if (const auto at = text.find('@'); at != text.npos) {
    address.user = text.substr(0, at);
    if (!is_name(address.user)) return std::nullopt;
    text.remove_prefix(at + 1);
  }
  const auto host = text::take(text, '/');
  if (!text.empty() && !read_database(text, address.database)) return std::nullopt;
  // Hosts and ports are read where all are. http has a port of its own, which is not this one's.
  const bool has_port = host.find(':', host.find(']') == host.npos ? 0 : host.find(']')) != host.npos;
  if (host.ends_with(':') || host.find_first_of("?#") != host.npos) return std::nullopt;
  const auto url = text::Url::parse("http://" + std::string(host));
  if (!url) return std::nullopt;
  address.host = url->host;
  address.port = has_port ? url->port : kPort;
  address.is_loopback = url->is_loopback();
  return address;
}

std::string_view RedisAddress::host_name() const {
  std::string_view name = host;
  return name.starts_with('[') ? name.substr(1, name.size() - 2) : name;
}

std::string RedisAddress::text() const {
  if (!socket.empty()) return "unix:" + socket + (database == 0 ? "" : "?db=" + std::to_string(database));
  return (tls ? "rediss://" : "redis://") + host + ":" + std::to_string(port) +
         (database == 0 ? "" : "/" + std::to_string(database));
}

}  // namespace dontgoback::shared
