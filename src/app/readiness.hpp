#pragma once

#include <string>

#include "dontgoback/http/language.hpp"
#include "telemetry/health_board.hpp"

namespace dontgoback::app {

/// How the node stands, as /readyz tells it.
struct Readiness {
  bool draining = false;  ///< it ends, and takes nothing new
  telemetry::HealthReport report;

  bool works() const { return !draining && report.unready.empty(); }
};

/// A line that says it, and a line for each note. What frames them is in the language; causes, which name files and
/// options, are in English.
std::string to_text(const Readiness& readiness, http::Language language);

/// `{"status":"ready|degraded|unready|draining","message":{"ko":…,"en":…},"checks":[{"name":…,
/// "state":"fine|note|unready","text":…}]}`, each check with its state; `degraded`: it works, and a check has a note.
std::string to_json(const Readiness& readiness);

}  // namespace dontgoback::app
