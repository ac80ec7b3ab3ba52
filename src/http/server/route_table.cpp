#include "http/server/route_table.hpp"

#include <algorithm>
#include <stdexcept>

#include "dontgoback/http/method.hpp"

namespace dontgoback::http {
namespace {

[[noreturn]] void refuse(const Route& route, std::string_view why) {
  throw std::logic_error("route " + std::string(route.path) + ": " + std::string(why));
}

/// The next `/segment` of a path that is not empty, taken off its front.
std::string_view next_segment(std::string_view& path) {
  path.remove_prefix(1);
  const auto segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

std::string allow_field(const PathRoutes& routes) {
  std::string allow;
  for (const auto* entry : routes.by_method) {
    if (entry == nullptr) continue;
    allow.append(name_of(entry->route.method)).append(", ");
    if (entry->route.method == Method::get && !entry->route.legacy_toggle) allow.append("HEAD, ");
  }
  return allow.append("OPTIONS");
}

}  // namespace

const RouteEntry* PathRoutes::find(Method method) const {
  if (method == Method::other) return nullptr;
  return by_method[static_cast<std::size_t>(method == Method::head ? Method::get : method)];
}

bool PathRoutes::is_open_to(std::string_view origin) const {
  return std::any_of(page_origins.begin(), page_origins.end(),
                     [origin](const std::string& each) { return each == "*" || each == origin; });
}

struct RouteTable::Node {
  std::vector<std::pair<std::string_view, std::unique_ptr<Node>>> literals;
  std::unique_ptr<Node> parameter;
  std::unique_ptr<PathRoutes> here;
  std::unique_ptr<PathRoutes> rest;

  Node& literal(std::string_view text) {
    const auto found =
        std::find_if(literals.begin(), literals.end(), [text](auto& each) { return each.first == text; });
    if (found != literals.end()) return *found->second;
    return *literals.emplace_back(text, std::make_unique<Node>()).second;
  }
};

RouteTable::RouteTable() : root_(std::make_unique<Node>()) {}
RouteTable::~RouteTable() = default;

void RouteTable::add(Route route) {
  auto entry = std::make_unique<RouteEntry>();
  entry->route = std::move(route);
  const Route& added = entry->route;
  if (!added.path.starts_with('/')) refuse(added, "a path begins with /");
  if (!added.handler) refuse(added, "has no handler");
  if (added.method == Method::head || added.method == Method::options || added.method == Method::other) {
    refuse(added, "HEAD and OPTIONS are answered by the host");
  }
  if (added.access.need != Access::Need::nothing && added.access.by == nullptr) refuse(added, "has no authenticator");

  Node* node = root_.get();
  std::unique_ptr<PathRoutes>* end = nullptr;
  for (std::string_view rest = added.path; !rest.empty();) {
    if (end != nullptr) refuse(added, "{*rest} is the last segment");
    const auto segment = next_segment(rest);
    if (!segment.starts_with('{')) {
      if (segment.find_first_of("{}") != std::string_view::npos) refuse(added, "a segment is a word or a {name}");
      node = &node->literal(segment);
      continue;
    }
    const bool takes_rest = segment.starts_with("{*");
    const std::size_t prefix = takes_rest ? 2 : 1;
    if (!segment.ends_with('}') || segment.size() <= prefix + 1) refuse(added, "a parameter is {name}");
    const auto name = segment.substr(prefix, segment.size() - prefix - 1);
    if (std::find(entry->names.begin(), entry->names.end(), name) != entry->names.end()) {
      refuse(added, "names a parameter twice");
    }
    if (entry->names.size() == Request::kMaxPathParameters) refuse(added, "has too many parameters");
    entry->names.push_back(name);
    if (takes_rest) {
      end = &node->rest;
    } else {
      if (!node->parameter) node->parameter = std::make_unique<Node>();
      node = node->parameter.get();
    }
  }
  auto& routes = end != nullptr ? *end : node->here;
  if (!routes) routes = std::make_unique<PathRoutes>();
  auto& place = routes->by_method[static_cast<std::size_t>(added.method)];
  if (place != nullptr) refuse(added, "is there already");
  place = entry.get();
  routes->allow = allow_field(*routes);
  if (added.failure_form != nullptr) routes->failure_form = added.failure_form;
  for (const auto& origin : added.page_origins) {
    if (!routes->is_open_to(origin)) routes->page_origins.push_back(origin);
  }
  entries_.push_back(std::move(entry));
}

const PathRoutes* RouteTable::match(std::string_view path, Values& values) const {
  const auto* found = match(*root_, path, values, 0);
  const bool of_api = path.starts_with("/api/") || path.starts_with("/msa/");
  return of_api && found == root_->rest.get() ? nullptr : found;
}

const PathRoutes* RouteTable::match(const Node& node, std::string_view path, Values& values, std::size_t count) {
  if (path.empty()) return node.here.get();
  std::string_view rest = path;
  const auto segment = next_segment(rest);
  for (const auto& [text, child] : node.literals) {
    if (text != segment) continue;
    if (const auto* found = match(*child, rest, values, count)) return found;
  }
  if (node.parameter && !segment.empty()) {
    values[count] = segment;
    if (const auto* found = match(*node.parameter, rest, values, count + 1)) return found;
  }
  if (!node.rest) return nullptr;
  values[count] = path.substr(1);
  return node.rest.get();
}

std::vector<const Route*> RouteTable::routes() const {
  std::vector<const Route*> all;
  all.reserve(entries_.size());
  for (const auto& entry : entries_) all.push_back(&entry->route);
  return all;
}

}  // namespace dontgoback::http
