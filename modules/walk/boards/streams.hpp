#pragma once

#include <span>
#include <vector>

#include "boards.hpp"
#include "dontgoback/http/event_streams.hpp"

namespace dontgoback::walk::boards {

/// The open boards of this node: what is on them. The rest is the host's. Who walked is told; a board is read anew when
/// that is somebody on it, and sent when it has changed.
class Streams final : public http::EventStreams::Source {
 public:
  /// With what is gathered a step is seen within a second. What nobody told, a midnight among it, is found by looking
  /// at each board twice a minute.
  static constexpr http::EventStreams::Pace kPace{.pause = std::chrono::milliseconds(800),
                                                  .gather = std::chrono::milliseconds(100),
                                                  .reread = std::chrono::seconds(30),
                                                  .sessions = std::chrono::seconds(30)};

  Streams(Host& host, GoesOn goes_on, LeastConfidence least_confidence);

  /// What the route answers.
  http::Response answer(const http::Request& request, Period period);

 private:
  using NewsFor = http::NewsFor;
  using Look = http::EventStreams::Look;
  using Session = http::EventStreams::Session;

  std::vector<http::EventNews> news(std::span<const NewsFor> asked) override;
  std::vector<std::int64_t> behind(std::span<const NewsFor> asked, Look look) override;
  std::vector<std::int64_t> ended(std::span<const Session> asked) override;

  storage::Database& database_;
  const time::Clock& clock_;
  const GoesOn goes_on_;
  const LeastConfidence least_confidence_;
  http::EventStreams streams_;  // ends first
};

}  // namespace dontgoback::walk::boards
