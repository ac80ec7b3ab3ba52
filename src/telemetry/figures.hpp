#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "dontgoback/telemetry/overview.hpp"
#include "registry.hpp"

// The registry's figures as a NodeStatus has them. Each asks by the names that docs/monitoring.md lists.
namespace dontgoback::telemetry {

/// The value of a label in `route="/x",method="GET"`; empty where it is not there. Of labels without escapes, as those
/// that are looked for are.
std::string_view label(std::string_view labels, std::string_view name);

/// All of that name together; nothing where there is none, or one is NaN.
std::optional<double> sum(const MetricsRegistry& metrics, std::string_view name);

/// What stands in it of one number each, and in lists.
void put_figures(NodeStatus& status, const MetricsRegistry& metrics);

}  // namespace dontgoback::telemetry
