#pragma once

#include <memory>

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/ports/asset_source.hpp"
#include "dontgoback/time/clock.hpp"
#include "dontgoback/time/day.hpp"

// One function for each route; routes.cpp says which.
namespace dontgoback::extension {

/// What handlers need.
struct Assets {
  std::shared_ptr<ports::AssetSource> source;
  const time::Clock& clock;
  const time::Zone& zone;
};

http::Response update_asset(const Assets& assets, const http::Request& request);
http::Response update_assets(const Assets& assets, const http::Request& request);

}  // namespace dontgoback::extension
