#include "sqlite_library.hpp"

namespace sqlite_api {
#include <sqlite3.h>
}  // namespace sqlite_api

namespace dontgoback::storage {

using namespace sqlite_api;

namespace {

constexpr unsigned kBloomFilter = 0x0008'0000;  // SQLITE_BloomFilter of SQLite's sqliteInt.h, since 3.38
// A savepoint keeps the pages that it changes in memory up to this many bytes, and beyond in a file of its own in the
// folder for temporary files, which may be the SD card. The library's 64 KiB are fifteen pages: one commit of some
// walkers' steps. It cannot be more: SQLite writes what it had in memory at once, and 128 KiB at once are to it a full disk
// (`seekAndWriteFd` in its os_unix.c takes the lower 17 bits of a length).
constexpr int kSavepointInMemory = 128 * 1024 - 1;

}  // namespace

void configure_library() {
  static const int once = sqlite3_config(SQLITE_CONFIG_MULTITHREAD) + sqlite3_config(SQLITE_CONFIG_URI, 1) +
                          sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, kSavepointInMemory);
  static_cast<void>(once);
}

void read_no_table_for_a_filter(sqlite_api::sqlite3* connection) {
  sqlite3_test_control(SQLITE_TESTCTRL_OPTIMIZATIONS, connection, kBloomFilter);
}

}  // namespace dontgoback::storage
