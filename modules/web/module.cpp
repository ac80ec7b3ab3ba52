#include "module.hpp"

#include "about.hpp"
#include "dontgoback/ports.hpp"
#include "own_site.hpp"
#include "routes.hpp"
#include "shared_pages.hpp"
#include "site.hpp"

namespace dontgoback::web {

WebModule::WebModule() = default;
WebModule::~WebModule() = default;

void WebModule::check(config::Checks& checks) const {
  if (checks.node().runs(name())) network_.check(checks);
}

void WebModule::connect(Host&, Ports& ports) { shared_ = ports.find<ports::SharedPosts>(); }

void WebModule::start(Host& host) {
  site_ = std::make_unique<const OwnSite>(built_in_site(), network_.read(host.node.network));
  if (shared_) pages_ = std::make_unique<const SharedPages>(*site_, shared_, host.node.public_url);
  add_routes(host.router, site_->site(), pages_.get());
  host.router.add(
      {http::Method::get, "/api/v1/network", http::Access::anyone(), http::Lane::inline_, http::kNoBody,
       [this](const http::Request& request) { return about(site_->network(), shared_ != nullptr, request); }});
}

}  // namespace dontgoback::web
