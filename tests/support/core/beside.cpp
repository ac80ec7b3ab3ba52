#include "support/core/beside.hpp"

namespace dontgoback::test {

bool waits_for_a_lock(storage::Connection& connection) {
  const auto waiting = connection.one<std::int64_t>(
      "SELECT CAST(VARIABLE_VALUE AS SIGNED) FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = "
      "'INNODB_ROW_LOCK_CURRENT_WAITS'");
  return std::get<0>(waiting.value()) != 0;
}

}  // namespace dontgoback::test
