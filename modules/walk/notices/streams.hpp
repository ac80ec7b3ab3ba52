#pragma once

#include "dontgoback/http/event_streams.hpp"
#include "dontgoback/module.hpp"
#include "store.hpp"

namespace dontgoback::walk::notices {

/// The open streams of walkers on this node: what they are told. The rest is the host's.
class Streams final : public http::EventStreams::Source {
 public:
  static constexpr http::EventStreams::Pace kPace{};

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

  storage::Database& database_;
  http::EventStreams streams_;  // ends first
};

}  // namespace dontgoback::walk::notices
