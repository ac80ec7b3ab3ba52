#pragma once

#include "dontgoback/storage/migration.hpp"

namespace dontgoback::clock {

/// The table of unconfirmed times, from migrations/*.sql.
storage::Migrations migrations();

}  // namespace dontgoback::clock
