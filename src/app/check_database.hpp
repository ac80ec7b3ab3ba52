#pragma once

#include "program.hpp"

namespace dontgoback::app {

/// What would keep a start from using what the node has kept: a database that is damaged, another program's or a newer
/// one's, and keys that it needs and that are missing or others. Changes and makes nothing. An SQLite
/// file that is not there yet is no problem; a MariaDB that is away is none of the configuration, and noted.
config::Problems problems_in_database(const Program& program);

}  // namespace dontgoback::app
