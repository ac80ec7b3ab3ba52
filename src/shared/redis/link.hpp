#pragma once

#include <array>
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <string_view>
#include <thread>

#include "dontgoback/telemetry/health.hpp"
#include "dontgoback/telemetry/metrics.hpp"
#include "http/client/resolver.hpp"
#include "shared/redis/address.hpp"
#include "shared/redis/neighbours.hpp"
#include "shared/redis/wire.hpp"

namespace dontgoback::shared {

/// What nodes call to one another over Redis' publish and subscribe (https://redis.io/docs/interact/pubsub/). Two
/// connections, one to send and one to hear, which are made anew as long as this lives; nothing is kept in Redis.
class RedisLink {
 public:
  enum class Channel { topics, limits };

  using Password = std::function<std::string()>;

  struct Hearers {
    /// What another node called; false: it makes no sense. Never what this one did.
    std::function<bool(Channel, std::string_view message)> heard;
    /// What others called to `topics` may have been missed: the connection was away, theirs was, or one of them died.
    /// Also at first.
    std::function<void()> lost;
  };

  /// How long is waited for an answer, and how often a node says that it lives, which also asks whether Redis does.
  static constexpr std::chrono::milliseconds kAnswerLimit{2000};
  static constexpr std::chrono::milliseconds kBeat{1000};
  /// Bytes that may wait to be sent; what comes then is dropped.
  static constexpr std::size_t kMostWaiting = 1024 * 1024;

  RedisLink(RedisAddress address, telemetry::Metrics& metrics);
  ~RedisLink();
  RedisLink(const RedisLink&) = delete;
  RedisLink& operator=(const RedisLink&) = delete;

  /// Once. `password`: asked, on the link's thread, whenever a connection is made; "" when none is to be sent. What it
  /// throws is why there is none. The hearers are called on the link's thread, until `stop`.
  void start(Password password, Hearers hearers);
  /// What waits is sent first, if that takes no longer than a moment.
  void stop();
  /// Until something can be sent, or the time is over.
  void wait(std::chrono::milliseconds limit);

  /// Any thread; never blocks. What cannot be sent is dropped; of `topics` the others are told once they can be.
  void publish(Channel channel, std::string_view message);

  /// For an operator. A node goes on without Redis.
  telemetry::Finding finding() const { return standing_.finding(); }

 private:
  struct Batch {
    std::string bytes;
    std::size_t commands = 0;
    std::size_t words = 0;  ///< among them
    bool of_topics = false;
    bool is_last = false;
  };
  /// What nodes say of themselves, on the channel of topics behind a 0, which begins no topic.
  enum class Word : char { missed = 'm', lives = 'l', ends = 'e' };
  class Pause;
  static constexpr std::size_t kSender = 0, kHearer = 1;  // the connections

  boost::asio::awaitable<void> send();
  /// `batch`: what has been taken to be sent and is not answered yet.
  boost::asio::awaitable<void> send_over(std::shared_ptr<Wire> wire, Batch& batch);
  boost::asio::awaitable<void> hear();
  boost::asio::awaitable<void> beat(std::shared_ptr<Wire> wire);
  boost::asio::awaitable<std::shared_ptr<Wire>> open();
  boost::asio::awaitable<void> sleep(std::chrono::milliseconds span);
  void take(const Reply& reply);
  void take(Channel channel, std::string_view payload);
  Batch next_batch();
  void begin_sending();
  void end_sending(const Batch& unanswered);
  void append(Channel channel, std::string_view message);
  void append(Word word);
  void take_word(std::string_view node, std::string_view word);
  void note(std::size_t connection, std::string trouble);

  const RedisAddress address_;
  Password password_;
  const std::string node_;  // of this process, so that it knows its own words
  const std::array<std::string, 2> channels_;
  telemetry::Standing standing_;
  std::atomic<int> connected_ = 0;
  telemetry::Counter &sent_, &heard_, &dropped_, &nonsense_;
  Hearers hearers_;
  http::Resolver resolver_;
  std::unique_ptr<boost::asio::ssl::context> tls_;

  std::mutex mutex_;  // of the four below
  std::condition_variable changed_;
  Batch waiting_;
  bool sending_ = false;
  bool said_all_ = false;
  bool topics_missed_ = false;

  // The thread's.
  std::array<std::string, 2> troubles_;
  std::array<bool, 2> works_{};
  Neighbours neighbours_{kBeat + kAnswerLimit};
  std::minstd_rand random_;

  boost::asio::io_context context_{1};  // ends before what its coroutines use
  boost::asio::steady_timer wake_{context_};
  std::thread thread_;
};

}  // namespace dontgoback::shared
