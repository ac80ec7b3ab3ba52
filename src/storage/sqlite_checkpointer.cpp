#include "sqlite_checkpointer.hpp"

#include <system_error>

namespace dontgoback::storage {

SqliteCheckpointer::~SqliteCheckpointer() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void SqliteCheckpointer::committed(SqliteConnection& writer) noexcept {
  const int pages = writer.wal_pages();
  pages_ = pages;
  if (pages < kPages) return began_anew();
  if (pages < next_) return;
  {
    std::unique_lock lock(mutex_);
    if (state_ == State::resting && begin()) {
      asked_ = true;
      state_ = State::moving;
      changed_.notify_all();
    }
    if (state_ == State::moving && pages < kMostPages) return;
    changed_.wait(lock, [this] { return state_ != State::moving; });
    state_ = State::resting;
  }
  // One that waits for no reader usually moves the rest: the next commit then begins the WAL anew. Where it could not,
  // not again at every commit.
  const bool is_much = pages >= kMostPages;
  writer.checkpoint(is_much ? SqliteConnection::Checkpoint::waiting_for_readers
                            : SqliteConnection::Checkpoint::passive);
  next_ = pages + (is_much ? kPages / 3 : kPages);
}

/// The WAL: all that was in it had been moved.
void SqliteCheckpointer::began_anew() {
  next_ = kPages;
  if (!asked_) return;
  const std::lock_guard lock(mutex_);
  if (state_ == State::moving) return;
  asked_ = false;
  state_ = State::resting;
}

/// False where there can be no thread.
bool SqliteCheckpointer::begin() {
  if (thread_.joinable()) return true;
  try {
    thread_ = std::thread([this] { serve(); });
    return true;
  } catch (const std::system_error&) {
    return false;
  }
}

void SqliteCheckpointer::serve() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || state_ == State::moving; });
    if (stopping_) break;
    lock.unlock();
    move();
    lock.lock();
    state_ = State::moved;
    changed_.notify_all();
  }
  connection_.reset();  // in the thread that used it
}

void SqliteCheckpointer::move() noexcept {
  try {
    if (connection_ == nullptr) connection_ = open_();
    int moved = 0;
    for (int i = 0; i < 2 && pages_ - moved > kMostLeft; ++i) {
      moved = connection_->checkpoint(SqliteConnection::Checkpoint::passive);
    }
    // SQLite syncs the file only when nothing is left to move: all of it would be left to the writer.
    if (moved > 0 && moved < pages_) connection_->sync_file();
  } catch (const std::exception&) {
    connection_.reset();
  }
}

}  // namespace dontgoback::storage
