#pragma once

#include "dontgoback/storage/migration.hpp"

namespace dontgoback::jobs {

/// The tables of scheduler and outbox, from migrations/*.sql.
storage::Migrations migrations();

}  // namespace dontgoback::jobs
