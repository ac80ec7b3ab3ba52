#include "sqlite_writer.hpp"

#include <algorithm>
#include <utility>

#include "failures.hpp"

namespace dontgoback::storage {
namespace {

// How often a batch is begun again without the writes that made SQLite roll all of it back.
constexpr int kMaxRounds = 3;

}  // namespace

SqliteWriter::SqliteWriter(Open open, Open open_checkpointer, std::function<void(std::chrono::nanoseconds)> saved,
                           std::size_t max_waiting)
    : open_(std::move(open)),
      open_checkpointer_(std::move(open_checkpointer)),
      saved_(std::move(saved)),
      max_waiting_(max_waiting),
      thread_([this] { serve(); }) {}

SqliteWriter::~SqliteWriter() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_one();
  thread_.join();
}

void SqliteWriter::write(const Work& work) {
  std::shared_ptr<Batch> batch;
  std::size_t index = 0;
  {
    const std::lock_guard lock(mutex_);
    if (statistics_.waiting_writes >= max_waiting_) {
      throw DatabaseTrouble(Trouble::crowded, Unavailable::Effect::too_many, "too many writes are waiting");
    }
    if (queue_.empty() || queue_.back()->writes.size() >= kMaxBatch) queue_.push_back(std::make_shared<Batch>());
    batch = queue_.back();
    index = batch->writes.size();
    batch->writes.push_back({&work, nullptr});
    ++statistics_.waiting_writes;
  }
  arrived_.notify_one();
  batch->finished.wait(0);
  if (const auto error = std::move(batch->writes[index].error)) std::rethrow_exception(error);
}

std::shared_ptr<SqliteWriter::Batch> SqliteWriter::next() {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
  if (queue_.empty()) return nullptr;
  auto batch = std::move(queue_.front());
  queue_.pop_front();
  return batch;
}

void SqliteWriter::serve() {
  while (const auto batch = next()) {
    settle(batch->writes);
    {
      const std::lock_guard lock(mutex_);
      statistics_.waiting_writes -= batch->writes.size();
    }
    batch->finished.store(1);
    batch->finished.notify_all();
    if (connection_ != nullptr) checkpointer_->committed(*connection_);
  }
  close();  // in the thread that used it
}

void SqliteWriter::settle(std::span<Write> writes) {
  for (int round = 0; round < kMaxRounds; ++round) {
    if (run_all(writes) && commit(writes)) return;
    if (std::ranges::count(writes, nullptr, &Write::error) == 0) return;
  }
  give_up(writes, std::make_exception_ptr(DatabaseTrouble(Trouble::crowded, Unavailable::Effect::not_saved,
                                                          "the database rolled the writes of others back")));
}

/// False when the transaction is gone, and what is not settled must run again.
bool SqliteWriter::run_all(std::span<Write> writes) {
  try {
    connection().begin();
  } catch (...) {
    close();
    give_up(writes, std::current_exception());
    return false;
  }
  for (auto& write : writes) {
    if (write.error == nullptr && !(writes.size() == 1 ? run_alone(write) : run_one(write))) {
      connection_->rollback();
      return false;
    }
  }
  return true;
}

/// Without a savepoint, for which each page is copied before it changes: it is the transaction that fails.
bool SqliteWriter::run_alone(Write& write) {
  try {
    (*write.work)(*connection_);
    return true;
  } catch (...) {
    write.error = std::current_exception();
    return false;
  }
}

bool SqliteWriter::run_one(Write& write) {
  auto& connection = *connection_;
  try {
    connection.execute("SAVEPOINT one");
    (*write.work)(connection);
    connection.execute("RELEASE one");  // throws when the work swallowed that the transaction is lost
    return true;
  } catch (...) {
    write.error = std::current_exception();
  }
  if (connection.transaction_lost()) return false;
  try {
    connection.execute("ROLLBACK TO one");
    connection.execute("RELEASE one");
    return true;
  } catch (...) {
    return false;
  }
}

/// False when it could not be committed, and every write has its error.
bool SqliteWriter::commit(std::span<Write> writes) {
  const auto began = std::chrono::steady_clock::now();
  try {
    connection_->commit();
  } catch (const Unavailable&) {
    connection_->rollback();
    close();
    give_up(writes, std::current_exception());
    return false;
  } catch (const std::exception&) {
    connection_->rollback();
    if (writes.size() == 1) {
      give_up(writes, std::current_exception());
      return false;
    }
    // One of them broke a rule that is checked at the end (a deferred foreign key). Alone, each answers for itself.
    for (auto& write : writes) {
      if (write.error == nullptr) settle({&write, 1});
    }
    return true;
  }
  const auto took = std::chrono::steady_clock::now() - began;
  if (connection_->take_written()) saved_(took);
  const std::lock_guard lock(mutex_);
  ++statistics_.batches;
  statistics_.committed_writes += static_cast<std::uint64_t>(std::ranges::count(writes, nullptr, &Write::error));
  return true;
}

SqliteConnection& SqliteWriter::connection() {
  if (connection_ != nullptr && (!connection_->usable() || !connection_->file_is_there())) close();
  if (connection_ == nullptr) {
    auto opened = open_();
    checkpointer_ = std::make_unique<SqliteCheckpointer>(open_checkpointer_);
    connection_ = std::move(opened);
  }
  return *connection_;
}

/// Both: where the disk is full readers go on without what those who may write share.
void SqliteWriter::close() noexcept {
  checkpointer_.reset();
  connection_.reset();
}

void SqliteWriter::give_up(std::span<Write> writes, const std::exception_ptr& error) {
  for (auto& write : writes) {
    if (write.error == nullptr) write.error = error;
  }
}

Statistics SqliteWriter::statistics() const {
  const std::lock_guard lock(mutex_);
  return statistics_;
}

}  // namespace dontgoback::storage
