#include "processors.hpp"

#include <sched.h>

#include <algorithm>
#include <thread>

namespace dontgoback::config {

std::size_t usable_processors() {
  cpu_set_t usable;
  const bool known = ::sched_getaffinity(0, sizeof usable, &usable) == 0;
  return std::max<std::size_t>(
      1, known ? static_cast<std::size_t>(CPU_COUNT(&usable)) : std::thread::hardware_concurrency());
}

}  // namespace dontgoback::config
