// Which route a path is for.
#include <algorithm>

#include "fuzz.hpp"
#include "http/server/route_table.hpp"

using namespace dontgoback;
using dontgoback::fuzz::require;

namespace {

constexpr std::array kPaths{"/",
                            "/api/token",
                            "/api/v1/feeds",
                            "/api/v1/feeds/{id}",
                            "/api/v1/feeds/profile",
                            "/api/v1/feeds/{id}/{what}",
                            "/api/v1/users/{id}/asset-histories",
                            "/msa/ext/api/update-asset/{userId}",
                            "/docs/{*rest}",
                            "/{*rest}"};

const http::RouteTable& table() {
  static const auto made = [] {
    auto routes = std::make_unique<http::RouteTable>();
    const auto handler = [](const http::Request&) { return http::text(200, ""); };
    for (const auto* path : kPaths) {
      routes->add({http::Method::get, path, http::Access::anyone(), http::Lane::inline_, http::kNoBody, handler});
    }
    return routes;
  }();
  return *made;
}

/// The path that the route's pattern and the values make.
std::string put_together(const http::RouteEntry& entry, const http::RouteTable::Values& values) {
  std::string path(entry.route.path);
  for (std::size_t i = 0; i < entry.names.size(); ++i) {
    const auto open = path.find('{');
    const auto close = path.find('}', open);
    require(open != path.npos && close != path.npos);
    // What a value has of braces must not be taken for a parameter.
    std::string value(values[i]);
    std::replace(value.begin(), value.end(), '{', '(');
    path.replace(open, close + 1 - open, value);
  }
  return path;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto path = fuzz::text_of(data, size);
  if (!path.starts_with('/')) return 0;  // Target::parse lets no other through
  http::RouteTable::Values values;
  const auto* found = table().match(path, values);
  const bool of_api = path.starts_with("/api/") || path.starts_with("/msa/");
  require(found != nullptr || of_api);
  if (found == nullptr) return 0;
  const auto* entry = found->find(http::Method::get);
  require(entry != nullptr && found->find(http::Method::head) == entry && found->find(http::Method::other) == nullptr);
  require(!of_api || entry->route.path != "/{*rest}");
  std::string plain(path);
  std::replace(plain.begin(), plain.end(), '{', '(');
  require(put_together(*entry, values) == plain);
  for (std::size_t i = 0; i < entry->names.size(); ++i) {
    const bool takes_rest = entry->route.path.ends_with("{*rest}");
    require(takes_rest || (!values[i].empty() && values[i].find('/') == values[i].npos));
  }
  return 0;
}
