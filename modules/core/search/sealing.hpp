#pragma once

#include <cstdint>
#include <functional>

#include "dontgoback/storage/database.hpp"
#include "pause.hpp"

namespace dontgoback::core::search {

/// A chunk is sealed when so many ids have been given behind it: who got one of its ids has long committed. Should one
/// not have, on MariaDB, it is waited for.
inline constexpr std::int64_t kMargin = 256;

/// Whether there is something to seal. Reads only.
bool is_behind(storage::Database& database);

/// Puts full chunks into the index, the newest that waits first, then the older ones down to the first. In slices of a
/// few milliseconds, each a transaction from which a killed run is taken up; while people post it leaves them the
/// writer for thirty-five times as long, else for as long. `goes_on` is asked between slices. How many chunks were
/// sealed.
std::int64_t seal(storage::Database& database, const std::function<bool()>& goes_on, const Pause& pause);

}  // namespace dontgoback::core::search
