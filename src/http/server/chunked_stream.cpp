#include "http/server/chunked_stream.hpp"

#include <boost/asio/post.hpp>

#include "http/server/connection.hpp"

namespace dontgoback::http {
namespace {

/// What a short text costs besides: a client that takes none must not make many of them wait.
std::size_t size_of(const SharedText& event) { return event->size() + sizeof(SharedText); }

}  // namespace

bool ChunkedStream::send(SharedText chunk) {
  const std::lock_guard lock(mutex_);
  if (!takes_more()) return false;
  if (chunk->empty()) return true;  // it would be the last
  if (behind() + size_of(chunk) > kMostBehind) {
    cut_ = true;
    wake();
    return false;
  }
  pending_ += size_of(chunk);
  events_.push_back(std::move(chunk));
  wake();
  return true;
}

void ChunkedStream::write(std::string_view bytes) {
  std::unique_lock lock(mutex_);
  while (!bytes.empty()) {
    taken_.wait(lock, [this] { return !takes_more() || behind() < kMostBehind; });
    if (!takes_more()) throw BodyEnded();
    const auto fits = bytes.substr(0, kMostBehind - behind());
    bytes_ += fits;
    pending_ += fits.size();
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

ChunkedStream::State ChunkedStream::take(Piece& piece) {
  const std::lock_guard lock(mutex_);
  piece.bytes.clear();
  piece.event.reset();
  if (is_body()) {
    piece.bytes.swap(bytes_);
    writing_ = piece.bytes.size();
    taken_.notify_all();
  } else if (events_.empty()) {
    events_ = {};  // few have ever been behind, and all stay for an hour
    writing_ = 0;
  } else {
    piece.event = std::move(events_.front());
    events_.erase(events_.begin());
    writing_ = size_of(piece.event);
  }
  pending_ -= writing_;
  if (cut_ || connection_ == nullptr) return State::cut;
  if (writing_ > 0) return State::ready;
  return closed_ ? State::ended : State::waiting;
}

void ChunkedStream::detach() {
  const std::lock_guard lock(mutex_);
  connection_ = nullptr;
  events_ = {};  // whoever keeps the stream keeps nothing that waits
  bytes_ = {};
  taken_.notify_all();
}

}  // namespace dontgoback::http
