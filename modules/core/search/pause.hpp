#pragma once

#include <chrono>
#include <functional>

namespace dontgoback::core::search {

/// Called after a slice: how long to leave the writer to others.
using Pause = std::function<void(std::chrono::steady_clock::duration)>;

/// What a slice keeps the writer for; the commit comes on top.
inline constexpr std::chrono::milliseconds kSlice{5};

}  // namespace dontgoback::core::search
