#include "sqlite_connection.hpp"

// What a connection does with the WAL; when, says SqliteCheckpointer.
namespace dontgoback::storage {

using namespace sqlite_api;

namespace {

constexpr std::chrono::milliseconds kWaitForReaders{200};

}  // namespace

int SqliteConnection::checkpoint(Checkpoint how) noexcept {
  int in_wal = 0;
  int moved = 0;
  if (how == Checkpoint::passive) {
    sqlite3_wal_checkpoint_v2(handle_, "main", SQLITE_CHECKPOINT_PASSIVE, &in_wal, &moved);
  } else {
    sqlite3_busy_timeout(handle_, static_cast<int>(kWaitForReaders.count()));
    sqlite3_wal_checkpoint_v2(handle_, "main", SQLITE_CHECKPOINT_RESTART, &in_wal, &moved);
    sqlite3_busy_timeout(handle_, static_cast<int>(options_.busy_limit.count()));
  }
  return moved;
}

void SqliteConnection::sync_file() noexcept {
  if (auto* file = database_file()) file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
}

}  // namespace dontgoback::storage
