#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/http/router.hpp"
#include "http/server/answer_figures.hpp"

namespace dontgoback::http {

/// A route and the names of its path's parameters.
struct RouteEntry {
  Route route;
  std::vector<std::string_view> names;
  mutable RouteFigures figures{};
};

/// The routes of one path.
struct PathRoutes {
  static constexpr std::size_t kMethods = 7;  ///< those of http::Method but `other`
  std::array<const RouteEntry*, kMethods> by_method{};
  std::string allow;  ///< the `Allow` field
  FailureForm failure_form = nullptr;
  std::vector<std::string> page_origins;

  /// The route that answers the method, HEAD by the one of GET; null: 405.
  const RouteEntry* find(Method method) const;
  /// Whether `page_origins` have it.
  bool is_open_to(std::string_view origin) const;
};

/// The router: a tree of path segments. A literal beats a parameter, which beats `{*rest}`; the path is chosen first,
/// then the method. A parameter's segment is not empty, `{*rest}` may be. `/{*rest}` takes nothing below the APIs,
/// where an unknown path is 404 for every method. Filled first, then read by any thread.
class RouteTable final : public Router {
 public:
  RouteTable();
  ~RouteTable() override;
  void add(Route route) override;

  using Values = std::array<std::string_view, Request::kMaxPathParameters>;
  /// The routes of a path and, in order, what its parameters were; null when no route has it. Allocates nothing.
  const PathRoutes* match(std::string_view path, Values& values) const;

  /// Every route, in the order they were added.
  std::vector<const Route*> routes() const;

 private:
  struct Node;
  static const PathRoutes* match(const Node& node, std::string_view rest, Values& values, std::size_t count);

  std::unique_ptr<Node> root_;
  std::vector<std::unique_ptr<RouteEntry>> entries_;
};

}  // namespace dontgoback::http
