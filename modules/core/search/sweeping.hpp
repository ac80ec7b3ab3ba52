#pragma once

#include <functional>

#include "dontgoback/storage/database.hpp"
#include "pause.hpp"

namespace dontgoback::core::search {

/// Takes posts that were removed for good out of the index, when some were since the last time: walks all its rows, in
/// slices. A killed run is taken up. Whether it came to the end, or had nothing to do.
bool sweep_removed(storage::Database& database, const std::function<bool()>& goes_on, const Pause& pause);

}  // namespace dontgoback::core::search
