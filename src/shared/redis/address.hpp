#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dontgoback::shared {

/// Where Redis is: `redis://[USER@]HOST[:PORT][/DB]`, the same with `rediss` (TLS), or `unix:/PATH[?user=USER&db=DB]`.
struct RedisAddress {
  std::string socket;  ///< of this machine; empty: host and port
  std::string host;    ///< an IPv6 address in brackets
  std::uint16_t port = 0;
  bool tls = false;
  bool is_loopback = false;  ///< nobody but this machine hears what is said there
  std::string user;          ///< empty: the default one
  unsigned database = 0;     ///< services that share a Redis have different ones

  std::string_view host_name() const;  ///< without brackets
  std::string text() const;            ///< as it was given, without the user
};

/// Nothing for anything else, passwords included.
std::optional<RedisAddress> parse_redis_url(std::string_view text);

}  // namespace dontgoback::shared
