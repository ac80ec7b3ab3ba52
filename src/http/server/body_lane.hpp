#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "http/server/chunked_stream.hpp"
#include "http/server/worker_lane.hpp"

namespace dontgoback::http {

/// Where bodies are made that wait for their readers: each has a thread for as long as that takes, so there are few,
/// and none waits for another. Any thread.
class BodyLane {
 public:
  BodyLane(std::size_t most, telemetry::Counter& rejected);
  ~BodyLane() { stop(); }

  /// One of the few, from before the answer's head is written; free again when it goes.
  class Place {
   public:
    explicit Place(BodyLane& lane) : lane_(&lane) {}
    Place(Place&& other) noexcept : lane_(std::exchange(other.lane_, nullptr)) {}
    Place& operator=(Place&&) = delete;
    ~Place() {
      if (lane_ != nullptr) --lane_->taken_;
    }

   private:
    BodyLane* lane_;
  };
  std::optional<Place> take_place();

  /// Has the body written into the stream. When that fails or nothing can be begun any more, the stream is cut.
  void run(Place place, std::shared_ptr<ChunkedStream> stream, WriteBody write, std::string request_id);
  std::size_t taken() const { return taken_; }

  /// Takes no more, cuts what is being made, waits for its threads.
  void stop();

 private:
  class Task;
  void forget(const std::shared_ptr<ChunkedStream>& stream);

  const std::size_t most_;
  telemetry::Counter& rejected_;
  std::atomic<std::size_t> taken_{0};
  std::mutex mutex_;
  std::vector<std::shared_ptr<ChunkedStream>> streams_;
  bool stopping_ = false;
  WorkerLane threads_;
};

}  // namespace dontgoback::http
