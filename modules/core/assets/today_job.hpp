#pragma once

#include <vector>

#include "dontgoback/jobs/scheduler.hpp"
#include "dontgoback/module.hpp"

namespace dontgoback::core::assets {

inline constexpr std::string_view kTodayJob = "asset-today";

/// What is told of everybody's day, made once names are counted after a change of amounts, and hourly.
std::vector<jobs::Job> today_jobs(Host& host);

}  // namespace dontgoback::core::assets
