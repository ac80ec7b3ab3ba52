#pragma once

#include "dontgoback/http/event_streams.hpp"
#include "dontgoback/module.hpp"
#include "model.hpp"

namespace dontgoback::core::notifications {

/// The open streams of accounts on this node: what they are told. The rest is the host's.
class Streams final : public http::EventStreams::Source {
 public:
  /// For what each account gets rows of its own only when it looks, a day that has moved and a word to all, and for
  /// sessions that ended and nobody told.
  static constexpr http::EventStreams::Pace kPace{.thorough = std::chrono::minutes(1),
                                                  .sessions = std::chrono::seconds(5)};

  explicit Streams(Host& host);

  /// What the route answers.
  http::Response answer(const http::Request& request);

 private:
  using NewsFor = http::NewsFor;
  using Look = http::EventStreams::Look;
  using Session = http::EventStreams::Session;

  std::vector<http::EventNews> news(std::span<const NewsFor> asked) override;
  std::vector<std::int64_t> behind(std::span<const NewsFor> asked, Look look) override;
  std::vector<std::int64_t> ended(std::span<const Session> asked) override;
  http::SharedText to_all() override;

  storage::Database& database_;
  const time::Clock& clock_;
  const time::Zone& zone_;
  std::optional<feed::PostId> newest_;
  http::EventStreams streams_;  // ends first
};

}  // namespace dontgoback::core::notifications
