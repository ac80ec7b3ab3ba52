#pragma once

#include <memory>

#include "dontgoback/http/router.hpp"
#include "dontgoback/ports/asset_source.hpp"
#include "dontgoback/time/clock.hpp"
#include "dontgoback/time/day.hpp"

namespace dontgoback::extension {

/// Adds `/msa/ext/api/update-asset/{userId}` and `/msa/ext/api/update-assets` (contract, section 4).
void add_routes(http::Router& router, const http::Authenticator& services, std::shared_ptr<ports::AssetSource> source,
                const time::Clock& clock, const time::Zone& zone);

}  // namespace dontgoback::extension
