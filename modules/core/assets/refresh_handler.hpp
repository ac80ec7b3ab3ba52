#pragma once

#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/jobs/scheduler.hpp"
#include "dontgoback/time/day.hpp"
#include "refresh.hpp"

namespace dontgoback::core::assets {

/// `POST /msa/core/api/jobs/asset-refresh`: runs the refresh of a day to its end and answers the counts. 409 while one
/// runs on any node.
http::Response run_refresh(jobs::Scheduler& scheduler, const AssetRefresh& refresh, time::Day today,
                           const http::Request& request);

}  // namespace dontgoback::core::assets
