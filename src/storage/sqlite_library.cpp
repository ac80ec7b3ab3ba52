#include "sqlite_library.hpp"

namespace sqlite_api {
#include <sqlite3.h>
}  // namespace sqlite_api

namespace dontgoback::storage {

using namespace sqlite_api;

namespace {

constexpr unsigned kBloomFilter = 0x0008'0000;  // SQLITE_BloomFilter of SQLite's sqliteInt.h, since 3.38

}  // namespace

void configure_library() {
  static const int once = sqlite3_config(SQLITE_CONFIG_MULTITHREAD) + sqlite3_config(SQLITE_CONFIG_URI, 1);
  static_cast<void>(once);
}

void read_no_table_for_a_filter(sqlite_api::sqlite3* connection) {
  sqlite3_test_control(SQLITE_TESTCTRL_OPTIMIZATIONS, connection, kBloomFilter);
}

}  // namespace dontgoback::storage
