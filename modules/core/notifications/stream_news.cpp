#include <algorithm>

#include "catch_up.hpp"
#include "events.hpp"
#include "store.hpp"
#include "streams.hpp"

// What the thread of the streams reads, and gives them.
namespace dontgoback::core::notifications {
namespace {

constexpr std::size_t kAccountsAtOnce = 64;
/// A stream that was away for long gets what is new in several goes: 64 KiB are all that it may be behind, and words of
/// the operator alone can be 2.
constexpr int kRowsAtOnce = 50;
constexpr std::size_t kBytesAtOnce = 24 * 1024;
constexpr auto kNever = Streams::Steady::max();
constexpr std::array kLanguages{http::Language::ko, http::Language::en};

}  // namespace

/// Of one account.
struct Streams::News {
  UserId user;
  struct Event {
    Number number;
    std::array<std::string, kLanguages.size()> text;  ///< in the languages that are read there
  };
  std::vector<Event> events;
  Number until = 0;
  std::int64_t unread = 0;
  bool more = false;
};

void Streams::catch_all_up() {
  std::vector<UserId> users;
  for (const auto& [user, account] : accounts_) users.push_back(user);
  const auto moment = moment_of(clock_, zone_);
  for (std::span<const UserId> left = users; !left.empty();) {
    const auto some = left.first(std::min(left.size(), kAccountsAtOnce));
    left = left.subspan(some.size());
    catch_up(database_, some, moment);
  }
}

void Streams::look_at_numbers(Steady now) {
  std::vector<UserId> users;
  users.reserve(accounts_.size());
  for (const auto& [user, account] : accounts_) users.push_back(user);
  for (std::span<const UserId> left = users; !left.empty();) {
    const auto some = left.first(std::min(left.size(), kAccountsAtOnce));
    left = left.subspan(some.size());
    const auto last = database_.read([&](storage::Connection& connection) { return last_numbers(connection, some); });
    for (const auto& [user, number] : last) {
      auto& account = accounts_.at(user);
      if (number > account.looked_until) mark_due(account, now);
    }
  }
}

void Streams::read_news(Steady now) {
  std::vector<UserId> due;
  for (const auto& [user, account] : accounts_) {
    if (account.due <= now) due.push_back(user);
  }
  for (std::span<const UserId> left = due; !left.empty();) {
    const auto some = left.first(std::min(left.size(), kAccountsAtOnce));
    left = left.subspan(some.size());
    for (const auto& news : news_of(some)) give(news, now);
  }
}

std::vector<Streams::News> Streams::news_of(std::span<const UserId> users) {
  std::vector<News> all;
  database_.read([&](storage::Connection& connection) {
    for (const auto user : users) {
      const auto& open = accounts_.at(user).open;
      const auto reads = [&](http::Language language) {
        return std::ranges::any_of(open, [=](const Open& one) { return one.language == language; });
      };
      const std::array is_read{reads(kLanguages[0]), reads(kLanguages[1])};
      const auto behind = std::ranges::min_element(open, {}, &Open::after);
      auto& news = all.emplace_back();
      news.user = user;
      if (behind == open.end()) continue;
      news.until = last_number(connection, user);  // first: what comes meanwhile is read, or looked for again
      std::size_t bytes = 0;
      each_since(connection, user, behind->after, kRowsAtOnce, [&](const Notification& row) {
        news.more = bytes >= kBytesAtOnce;
        if (news.more) return;
        auto& event = news.events.emplace_back();
        event.number = row.number;
        for (std::size_t i = 0; i < kLanguages.size(); ++i) {
          if (is_read[i]) event.text[i] = event_of(row, kLanguages[i]);
        }
        bytes += std::max(event.text[0].size(), event.text[1].size());
      });
      news.more = news.more || news.events.size() == kRowsAtOnce;
      if (!news.events.empty()) {
        news.until = news.more ? news.events.back().number : std::max(news.until, news.events.back().number);
      }
      news.unread = count_unread(connection, user);
    }
  });
  return all;
}

void Streams::give(const News& news, Steady now) {
  auto& account = accounts_.at(news.user);
  std::erase_if(account.open, [&](Open& one) {
    std::string text;
    for (const auto& event : news.events) {
      if (event.number > one.after) text += event.text[one.language == kLanguages[0] ? 0 : 1];
    }
    one.after = std::max(one.after, news.until);
    if (std::exchange(one.unread, news.unread) != news.unread) text += unread_event(news.unread);
    return text.empty() ? !one.stream->open() : !one.stream->send(std::move(text));
  });
  account.looked_until = news.until;
  account.read_at = now;
  account.due = news.more ? now : kNever;
  if (account.open.empty()) accounts_.erase(news.user);
}

void Streams::tell_of_posts(Steady now) {
  if (!posts_pending_ || now < next_posts_ || accounts_.empty()) return;
  const auto newest = database_.read([](storage::Connection& connection) { return feed::newest_shown(connection); });
  posts_pending_ = false;
  if (!newest || (newest_ && *newest <= *newest_)) return;
  newest_ = newest;
  next_posts_ = now + kPause;
  send_to_all(std::make_shared<const std::string>(feed_event(*newest)));
}

void Streams::end_sessions(const sessions::Ended& ended) {
  std::vector<Open*> open;
  if (ended.user) {
    if (const auto found = accounts_.find(*ended.user); found != accounts_.end()) {
      for (auto& one : found->second.open) open.push_back(&one);
    }
  } else {
    for (auto& [user, account] : accounts_) {
      for (auto& one : account.open) {
        if (!ended.session || one.session == *ended.session) open.push_back(&one);
      }
    }
  }
  for (std::span<Open* const> left = open; !left.empty();) {
    const auto some = left.first(std::min(left.size(), kAccountsAtOnce));
    left = left.subspan(some.size());
    end_those_not_live(some);
  }
}

void Streams::end_those_not_live(std::span<Open* const> open) {
  std::vector<std::int64_t> asked;
  for (const auto* one : open) asked.push_back(one->session);
  auto live = database_.read([&](storage::Connection& connection) { return sessions::live_among(connection, asked); });
  std::ranges::sort(live);
  for (const auto* one : open) {
    if (!std::ranges::binary_search(live, one->session)) one->stream->close();
  }
}

}  // namespace dontgoback::core::notifications
