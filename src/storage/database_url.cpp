#include "database_url.hpp"

#include <cstdint>
#include <stdexcept>

#include "dontgoback/text/number.hpp"
#include "dontgoback/text/parts.hpp"
#include "dontgoback/text/percent.hpp"

namespace dontgoback::storage {
namespace {

constexpr std::string_view kSqlite = "sqlite:";
constexpr std::string_view kMysql = "mysql://";

/// The URL with what stands between the first ':' of its user part and '@' left out.
std::string without_password(std::string_view url) {
  const auto scheme = url.find("://");
  const auto at = url.rfind('@');
  if (scheme == url.npos || at == url.npos) return std::string(url);
  const auto colon = url.find(':', scheme + 3);
  if (colon == url.npos || colon > at) return std::string(url);
  return std::string(url.substr(0, colon)) + std::string(url.substr(at));
}

[[noreturn]] void refuse(std::string_view url, std::string_view reason) {
  throw std::invalid_argument("database URL \"" + without_password(url) + "\": " + std::string(reason));
}

std::string decoded(std::string_view url, std::string_view part) {
  auto result = text::percent_decoded(part);
  if (!result || result->find('\0') != result->npos) refuse(url, "bad percent-encoding");
  return *result;
}

int port_of(std::string_view url, std::string_view part) {
  const auto port = text::number<std::uint16_t>(part);
  if (!port || *port == 0) refuse(url, "the port is a number to 65535");
  return *port;
}

void read_query(std::string_view url, std::string_view query, MysqlAddress& address) {
  while (!query.empty()) {
    const auto pair = text::take(query, '&');
    const auto equals = pair.find('=');
    const auto name = pair.substr(0, equals);
    const auto value = equals == pair.npos ? std::string() : decoded(url, pair.substr(equals + 1));
    if (name == "socket") {
      address.socket = value;
    } else if (name == "user") {
      address.user = value;
    } else {
      refuse(url, "only socket= and user= are known after '?'");
    }
  }
}

void read_authority(std::string_view url, std::string_view authority, MysqlAddress& address) {
  if (const auto at = authority.rfind('@'); at != authority.npos) {
    const auto user = authority.substr(0, at);
    if (user.find(':') != user.npos) refuse(url, "must not hold a password; name its file instead");
    address.user = decoded(url, user);
    authority.remove_prefix(at + 1);
  }
  const bool is_ipv6 = authority.starts_with('[');
  const auto host_end = is_ipv6 ? authority.find(']') : authority.find(':');
  if (is_ipv6 && host_end == authority.npos) refuse(url, "']' is missing");
  address.host = is_ipv6 ? authority.substr(1, host_end - 1) : authority.substr(0, host_end);
  auto rest = authority.substr(std::min(authority.size(), is_ipv6 ? host_end + 1 : host_end));
  if (rest.empty()) return;
  if (!rest.starts_with(':')) refuse(url, "a port follows ':'");
  address.port = port_of(url, rest.substr(1));
}

MysqlAddress mysql_address(std::string_view url) {
  MysqlAddress address;
  auto rest = url.substr(kMysql.size());
  if (const auto question = rest.find('?'); question != rest.npos) {
    read_query(url, rest.substr(question + 1), address);
    rest = rest.substr(0, question);
  }
  const auto slash = rest.find('/');
  if (slash == rest.npos) refuse(url, "the database's name is missing");
  read_authority(url, rest.substr(0, slash), address);
  address.name = decoded(url, rest.substr(slash + 1));
  if (address.name.empty()) refuse(url, "the database's name is missing");
  if (address.user.empty()) refuse(url, "the user is missing");
  if (address.host.empty() == address.socket.empty()) refuse(url, "either a host or socket= is needed");
  return address;
}

}  // namespace

DatabaseAddress parse_database_url(const DatabaseSettings& settings) {
  const std::string_view url = settings.url;
  if (url.empty()) return SqliteAddress{std::filesystem::absolute(settings.data_dir / "dontgoback.db")};
  if (url.starts_with(kMysql)) return mysql_address(url);
  if (!url.starts_with(kSqlite)) refuse(url, "starts with sqlite: or mysql://");
  const auto path = url.substr(kSqlite.size());
  if (path.empty()) refuse(url, "the file is missing");
  // A quote cannot be written in the connection string of SOCI's SQLite driver.
  if (path.find('"') != path.npos) refuse(url, "a double quote cannot be in the file's name");
  return SqliteAddress{std::filesystem::absolute(path)};
}

}  // namespace dontgoback::storage
