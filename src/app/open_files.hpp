#pragma once

#include <cstdint>

namespace dontgoback::app {

/// Lets the process open as many files as `connections` clients need beside what the node itself opens and
/// `of_modules`, who come to modules' own sockets, as far as the system's hard limit goes. How many clients there may
/// be then: `connections`, or fewer, which the log says.
std::int64_t allow_files_for(std::int64_t connections, std::int64_t of_modules);

}  // namespace dontgoback::app
