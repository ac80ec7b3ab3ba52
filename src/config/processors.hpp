#pragma once

#include <cstddef>

namespace dontgoback::config {

/// How many processors this process may use (sched_getaffinity(2); at least 1), which a service manager or `taskset`
/// may have made fewer than the machine has. std::thread::hardware_concurrency() counts the machine's.
std::size_t usable_processors();

}  // namespace dontgoback::config
