#include "shared/redis/link.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include "dontgoback/security/crypto/hex.hpp"
#include "dontgoback/security/crypto/random_bytes.hpp"

namespace dontgoback::shared {
namespace asio = boost::asio;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
namespace {

constexpr std::size_t kNodeSize = 16;
constexpr milliseconds kLastWord{500};
constexpr std::string_view kHelp = "Messages between nodes over Redis.";

}  // namespace

RedisLink::RedisLink(RedisAddress address, telemetry::Metrics& metrics)
    : address_(std::move(address)),
      node_(security::hex(security::random_bytes(kNodeSize / 2))),
      channels_{"dontgoback:" + std::to_string(address_.database) + ":topics",
                "dontgoback:" + std::to_string(address_.database) + ":limits"},
      standing_("Redis"),
      sent_(metrics.counter("dontgoback_redis_messages_total", kHelp, "what=\"sent\"")),
      heard_(metrics.counter("dontgoback_redis_messages_total", kHelp, "what=\"heard\"")),
      dropped_(metrics.counter("dontgoback_redis_messages_total", kHelp, "what=\"dropped\"")),
      nonsense_(metrics.counter("dontgoback_redis_messages_total", kHelp, "what=\"nonsense\"")),
      random_(std::random_device{}()) {
  metrics.gauge("dontgoback_redis_connections", "Connections to Redis that work, of two.",
                [this] { return static_cast<double>(connected_.load()); });
}

RedisLink::~RedisLink() { stop(); }

void RedisLink::start(Password password, Hearers hearers) {
  password_ = std::move(password);
  hearers_ = std::move(hearers);
  if (address_.tls) {
    tls_ = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_client);
    SSL_CTX_set_min_proto_version(tls_->native_handle(), TLS1_2_VERSION);
    tls_->set_default_verify_paths();
  }
  asio::co_spawn(context_, send(), asio::detached);
  asio::co_spawn(context_, hear(), asio::detached);
  thread_ = std::thread([this] { context_.run(); });
}

void RedisLink::stop() {
  if (!thread_.joinable()) return;
  {
    std::unique_lock lock(mutex_);
    if (sending_) {
      append(Word::ends);
      waiting_.is_last = true;
      asio::post(context_, [this] { wake_.cancel(); });
      changed_.wait_for(lock, kLastWord, [this] { return said_all_ || !sending_; });
    }
  }
  context_.stop();
  thread_.join();
}

void RedisLink::wait(milliseconds limit) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, limit, [this] { return sending_; });
}

void RedisLink::publish(Channel channel, std::string_view message) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    if (!sending_ || waiting_.bytes.size() + message.size() > kMostWaiting) {
      dropped_.add();
      topics_missed_ |= channel == Channel::topics;
      return;
    }
    first = waiting_.commands == 0;
    append(channel, message);
    waiting_.of_topics |= channel == Channel::topics;
  }
  if (first) asio::post(context_, [this] { wake_.cancel(); });
}

void RedisLink::append(Channel channel, std::string_view message) {
  std::string payload(node_);
  payload.append(message);
  waiting_.bytes += command("PUBLISH", channels_[static_cast<std::size_t>(channel)], payload);
  ++waiting_.commands;
}

void RedisLink::append(Word word) {
  append(Channel::topics, std::string{'\0', static_cast<char>(word)});
  ++waiting_.words;
}

RedisLink::Batch RedisLink::next_batch() {
  const std::lock_guard lock(mutex_);
  return std::exchange(waiting_, {});
}

void RedisLink::begin_sending() {
  const std::lock_guard lock(mutex_);
  sending_ = true;
  if (std::exchange(topics_missed_, false)) {
    append(Word::missed);
    waiting_.of_topics = true;
  }
  changed_.notify_all();
}

void RedisLink::end_sending(const Batch& unanswered) {
  const std::lock_guard lock(mutex_);
  sending_ = false;
  topics_missed_ |= unanswered.of_topics || waiting_.of_topics;
  dropped_.add(unanswered.commands - unanswered.words + waiting_.commands - waiting_.words);
  waiting_ = {};
  changed_.notify_all();
}

void RedisLink::note(std::size_t connection, std::string trouble) {
  works_[connection] = trouble.empty();
  troubles_[connection] = std::move(trouble);
  connected_ = static_cast<int>(std::count(works_.begin(), works_.end(), true));
  const auto& cause = troubles_[kHearer].empty() ? troubles_[kSender] : troubles_[kHearer];
  if (cause.empty()) return standing_.fine();
  standing_.note(address_.text() + ": " + cause +
                 "; until it is back this node counts limits alone, and hears of others through the database only");
}

void RedisLink::take(const Reply& reply) {
  const auto& parts = reply.elements;
  if (parts.size() == 2 && parts[0].text == "pong") return;
  if (parts.size() == 3 && parts[0].text == "message") {
    for (std::size_t i = 0; i < channels_.size(); ++i) {
      if (parts[1].text == channels_[i]) return take(static_cast<Channel>(i), parts[2].text);
    }
  }
  nonsense_.add();
}

void RedisLink::take(Channel channel, std::string_view payload) {
  if (payload.starts_with(node_)) return;
  if (payload.size() < kNodeSize) return nonsense_.add();
  const auto node = payload.substr(0, kNodeSize);
  payload.remove_prefix(kNodeSize);
  if (channel == Channel::topics && payload.starts_with('\0')) return take_word(node, payload.substr(1));
  heard_.add();
  if (!hearers_.heard(channel, payload)) nonsense_.add();
}

void RedisLink::take_word(std::string_view node, std::string_view word) {
  if (word.size() != 1) return nonsense_.add();
  switch (static_cast<Word>(word[0])) {
    case Word::missed:
      return hearers_.lost();
    case Word::lives:
      return neighbours_.heard(node, steady_clock::now());
    case Word::ends:
      return neighbours_.left(node);
  }
  nonsense_.add();
}

}  // namespace dontgoback::shared
