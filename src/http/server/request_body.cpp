#include "http/server/request_body.hpp"

#include <algorithm>

namespace dontgoback::http {
namespace {

constexpr std::size_t kFirst = 1024;

}  // namespace

bool RequestBody::append(std::string_view part) {
  const auto needed = parts_.size() + part.size();
  if (needed > parts_.capacity()) {
    const auto larger = std::max({needed, 2 * parts_.capacity(), kFirst});
    if (!share_.grow_to(larger, larger <= kSmall ? reach_ : MemoryShare::Reach::half)) return false;
    parts_.reserve(larger);
  }
  parts_.append(part);
  return true;
}

void RequestBody::clear() {
  reach_ = MemoryShare::Reach::half;
  whole_ = {};
  if (parts_.empty()) return;
  std::string().swap(parts_);
  share_.release();
}

}  // namespace dontgoback::http
