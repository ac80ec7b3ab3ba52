#include "shared/redis_hub.hpp"

#include "shared/limit_message.hpp"
#include "shared/redis/link.hpp"
#include "shared/topics.hpp"

namespace dontgoback::shared {
namespace {

using Channel = RedisLink::Channel;
using Entry = LimitMessage::Entry;

class LinkedState final : public State {
 public:
  explicit LinkedState(RedisLink& link) : link_(link) {}
  ~LinkedState() override { topics_->stop(); }

  void publish(std::string_view topic, std::string_view message) override {
    Topics::check(topic, message);
    topics_->put(topic, message);
    std::string named(1, static_cast<char>(topic.size()));
    link_.publish(Channel::topics, named.append(topic).append(message));
  }
  std::unique_ptr<Subscription> subscribe(std::string_view topic, Heard heard, Lost lost) override {
    return topics_->subscribe(topic, std::move(heard), std::move(lost));
  }

  bool hear(std::string_view named) {
    const std::size_t size = static_cast<unsigned char>(named[0]);
    if (size == 0 || size > kLongestTopic || named.size() < 1 + size || named.size() > 1 + size + kLongestMessage) {
      return false;
    }
    topics_->put(named.substr(1, size), named.substr(1 + size));
    return true;
  }
  void lost() { topics_->put_lost(); }

 private:
  RedisLink& link_;
  const std::shared_ptr<Topics> topics_ = std::make_shared<Topics>();
};

class LinkedLimiter final : public limits::Limiter {
 public:
  LinkedLimiter(RedisLink& link, limits::MemoryLimiter& counts) : link_(link), counts_(counts) {}

  using Limiter::take;
  limits::Verdict take(std::span<const limits::Share> shares, std::int64_t cost) override {
    const auto verdict = counts_.take(shares, cost);
    if (verdict.is_refused()) return verdict;
    LimitMessage message{LimitMessage::Kind::taken, {}};
    for (const auto& share : shares) {
      const std::chrono::nanoseconds period = share.rate.period;
      message.entries.push_back({share.rate.name, share.key, period / share.rate.burst * cost, period});
    }
    tell(message);
    return verdict;
  }
  limits::Verdict look(std::span<const limits::Share> shares) override { return counts_.look(shares); }

  void add(const limits::Tally& tally, std::string_view key) override {
    counts_.add(tally, key);
    tell({LimitMessage::Kind::added, {Entry{tally.name, key, tally.forgotten_after, {}}}});
  }
  std::optional<limits::Count> count(const limits::Tally& tally, std::string_view key) override {
    return counts_.count(tally, key);
  }
  void clear(const limits::Tally& tally, std::string_view key) override {
    counts_.clear(tally, key);
    tell({LimitMessage::Kind::cleared, {Entry{tally.name, key, {}, {}}}});
  }

  bool hear(std::string_view text) {
    using std::chrono::milliseconds;
    const auto message = decode_limits(text);
    if (!message) return false;
    bool all = true;
    for (const auto& [name, key, span, period] : message->entries) {
      if (message->kind == LimitMessage::Kind::taken) {
        const limits::Rate rate{name, 1, std::chrono::duration_cast<milliseconds>(period)};
        all = counts_.take_elsewhere({rate, key}, span) && all;
      } else {
        const limits::Tally tally{name, std::chrono::duration_cast<milliseconds>(span)};
        if (message->kind == LimitMessage::Kind::cleared) {
          counts_.clear(tally, key);
        } else {
          all = counts_.add_elsewhere(tally, key) && all;
        }
      }
    }
    return all;
  }

 private:
  void tell(const LimitMessage& message) { link_.publish(Channel::limits, encode(message)); }

  RedisLink& link_;
  limits::MemoryLimiter& counts_;
};

}  // namespace

struct RedisHub::Inner {
  Inner(RedisAddress address, limits::MemoryLimiter& counts, telemetry::Metrics& metrics)
      : link(std::move(address), metrics), state(link), limiter(link, counts) {}
  ~Inner() { link.stop(); }

  RedisLink link;
  LinkedState state;
  LinkedLimiter limiter;
};

RedisHub::RedisHub(RedisAddress address, limits::MemoryLimiter& counts, telemetry::Metrics& metrics)
    : inner_(std::make_unique<Inner>(std::move(address), counts, metrics)) {}

RedisHub::~RedisHub() = default;

void RedisHub::start(std::function<std::string()> password) {
  auto* inner = inner_.get();
  inner->link.start(std::move(password), {.heard =
                                              [inner](Channel channel, std::string_view message) {
                                                if (message.empty()) return false;
                                                return channel == Channel::topics ? inner->state.hear(message)
                                                                                  : inner->limiter.hear(message);
                                              },
                                          .lost = [inner] { inner->state.lost(); }});
}

void RedisHub::wait(std::chrono::milliseconds limit) { inner_->link.wait(limit); }

State& RedisHub::state() { return inner_->state; }
limits::Limiter& RedisHub::limiter() { return inner_->limiter; }
telemetry::Finding RedisHub::finding() const { return inner_->link.finding(); }

}  // namespace dontgoback::shared
