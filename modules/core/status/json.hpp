#pragma once

#include "dontgoback/http/language.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/telemetry/overview.hpp"

namespace dontgoback::core::status {

/// NodeStatus of the OpenAPI document. What checks found, which names files and options, is in English.
void write(json::Writer& writer, const telemetry::NodeStatus& status, http::Language language);

}  // namespace dontgoback::core::status
