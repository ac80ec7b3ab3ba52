#include "http/server/chunked_stream.hpp"

#include <boost/asio/post.hpp>

#include "http/server/connection.hpp"

namespace dontgoback::http {

bool ChunkedStream::send(std::string chunk) {
  const std::lock_guard lock(mutex_);
  if (!takes_more()) return false;
  if (behind() + chunk.size() > kMostBehind) {
    cut_ = true;
    wake();
    return false;
  }
  pending_ += chunk;
  wake();
  return true;
}

void ChunkedStream::write(std::string_view bytes) {
  std::unique_lock lock(mutex_);
  while (!bytes.empty()) {
    taken_.wait(lock, [this] { return !takes_more() || behind() < kMostBehind; });
    if (!takes_more()) throw BodyEnded();
    const auto fits = bytes.substr(0, kMostBehind - behind());
    pending_ += fits;
    bytes.remove_prefix(fits.size());
    wake();
  }
}

void ChunkedStream::close() {
  const std::lock_guard lock(mutex_);
  if (connection_ == nullptr || closed_) return;
  closed_ = true;
  wake();
}

void ChunkedStream::cut() {
  const std::lock_guard lock(mutex_);
  if (connection_ == nullptr || cut_) return;
  cut_ = true;
  taken_.notify_all();
  wake();
}

bool ChunkedStream::open() const {
  const std::lock_guard lock(mutex_);
  return takes_more();
}

// Under the lock while connected, so the connection and its loop are there.
void ChunkedStream::wake() {
  if (woken_) return;
  woken_ = true;
  asio::post(connection_->executor(), [self = shared_from_this()] {
    const std::lock_guard lock(self->mutex_);
    self->woken_ = false;
    if (self->connection_ != nullptr) self->connection_->wake_stream(self->cut_);
  });
}

ChunkedStream::State ChunkedStream::take(std::string& bytes) {
  const std::lock_guard lock(mutex_);
  bytes.clear();
  bytes.swap(pending_);
  writing_ = bytes.size();
  taken_.notify_all();
  if (cut_ || connection_ == nullptr) return State::cut;
  if (!bytes.empty()) return State::ready;
  return closed_ ? State::ended : State::waiting;
}

void ChunkedStream::detach() {
  const std::lock_guard lock(mutex_);
  connection_ = nullptr;
  taken_.notify_all();
}

}  // namespace dontgoback::http
