#include "http/server/body_lane.hpp"

#include "dontgoback/telemetry/log.hpp"

namespace dontgoback::http {
namespace {

void log_failure(std::string_view request_id, std::string_view cause) {
  telemetry::log_error("an answer was cut off in its middle", {{"id", request_id}, {"cause", cause}});
}

}  // namespace

class BodyLane::Task final : public LaneTask {
 public:
  Task(BodyLane& lane, Place place, std::shared_ptr<ChunkedStream> stream, WriteBody write, std::string request_id)
      : lane_(lane),
        place_(std::move(place)),
        stream_(std::move(stream)),
        write_(std::move(write)),
        request_id_(std::move(request_id)) {}

  void run(bool late) noexcept override {
    const bool whole = !late && make();
    // Before the client can see the end: it may come again at once.
    write_ = nullptr;
    place_.reset();
    lane_.forget(stream_);
    if (whole) {
      stream_->close();
    } else {
      stream_->cut();
    }
  }

 private:
  bool make() const noexcept {
    try {
      write_(*stream_);
      return true;
    } catch (const BodyEnded&) {
    } catch (const std::exception& error) {
      log_failure(request_id_, error.what());
    } catch (...) {
      log_failure(request_id_, "unknown exception");
    }
    return false;
  }

  BodyLane& lane_;
  std::optional<Place> place_;
  const std::shared_ptr<ChunkedStream> stream_;
  WriteBody write_;
  const std::string request_id_;
};

BodyLane::BodyLane(std::size_t most, telemetry::Counter& rejected)
    : most_(most), rejected_(rejected), threads_({most, most, std::chrono::seconds(10)}, rejected) {}

std::optional<BodyLane::Place> BodyLane::take_place() {
  if (++taken_ <= most_) return Place(*this);
  --taken_;
  rejected_.add();
  return std::nullopt;
}

void BodyLane::run(Place place, std::shared_ptr<ChunkedStream> stream, WriteBody write, std::string request_id) {
  bool too_late = false;
  {
    const std::lock_guard lock(mutex_);
    too_late = stopping_;
    if (!too_late) streams_.push_back(stream);
  }
  std::unique_ptr<LaneTask> task =
      std::make_unique<Task>(*this, std::move(place), std::move(stream), std::move(write), std::move(request_id));
  if (too_late || !threads_.submit(task)) task->run(true);
}

void BodyLane::forget(const std::shared_ptr<ChunkedStream>& stream) {
  const std::lock_guard lock(mutex_);
  std::erase(streams_, stream);
}

void BodyLane::stop() {
  std::vector<std::shared_ptr<ChunkedStream>> under_way;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    under_way = streams_;
  }
  for (const auto& stream : under_way) stream->cut();
  threads_.stop();
}

}  // namespace dontgoback::http
