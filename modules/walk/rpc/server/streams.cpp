#include "streams.hpp"

namespace dontgoback::walk::rpc {

std::optional<grpc::Status> Streams::enter(Stream& stream) {
  const std::lock_guard lock(mutex_);
  if (ended_) return grpc::Status(grpc::StatusCode::UNAVAILABLE, "The server is stopping.");
  if (all_.size() >= most_) {
    return grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "Too many streams are open; try again later.");
  }
  all_.insert(&stream);
  return std::nullopt;
}

std::optional<grpc::Status> Streams::enter_as(WalkerId walker) {
  const std::lock_guard lock(mutex_);
  auto& count = of_walker_[walker.value];
  if (count >= kMostStreamsOfWalker) {
    return grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "This walker has too many streams open.");
  }
  ++count;
  return std::nullopt;
}

void Streams::leave(Stream& stream, std::optional<WalkerId> walker) {
  const std::lock_guard lock(mutex_);
  all_.erase(&stream);
  if (!walker) return;
  const auto found = of_walker_.find(walker->value);
  if (found != of_walker_.end() && --found->second == 0) of_walker_.erase(found);
}

// Under the lock, so that none of them is gone meanwhile; none of them calls back.
void Streams::look(Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  for (auto* stream : all_) stream->look(now);
}

void Streams::end(const grpc::Status& status) {
  const std::lock_guard lock(mutex_);
  ended_ = true;
  for (auto* stream : all_) stream->end(status);
}

}  // namespace dontgoback::walk::rpc
