#include "demo.hpp"

#include <array>
#include <memory>
#include <ostream>
#include <stdexcept>
#include <string>

#include "accounts/accounts.hpp"
#include "assets/assets.hpp"
#include "dontgoback/http/error.hpp"
#include "dontgoback/json/writer.hpp"
#include "feed/comment_store.hpp"
#include "feed/likes.hpp"
#include "feed/post_store.hpp"
#include "texts.hpp"

namespace dontgoback::core::demo {
namespace {

constexpr int kDays = 180;
constexpr std::string_view kHistoryDone = "demo-history";
constexpr std::string_view kFeedDone = "demo-feed";

struct Seeded {
  std::int64_t members = 0;
  std::int64_t days = 0;
  std::int64_t posts = 0;
  std::int64_t comments = 0;
  std::int64_t likes = 0;
};

/// Puts the demo into a database. Each step is one that a second run finds done.
class Seed {
 public:
  Seed(Host& host, ports::AssetSource& source)
      : host_(host), source_(source), now_(host.clock.now()), today_(host.zone.day_of(now_)) {}

  Seeded run() {
    ensure_members();
    ensure_history();
    ensure_feed();
    return seeded_;
  }

 private:
  bool done(std::string_view name) {
    return host_.database.read([&](storage::Connection& c) { return assets::is_done(c, name); });
  }

  void ensure_members() {
    const auto joined = now_ - std::chrono::days(kDays - 1);
    const accounts::NewAccount account{http::Role::user, std::nullopt, joined, host_.zone.day_of(joined)};
    seeded_.members = host_.database.write([&](storage::Connection& c) {
      std::int64_t made = 0;
      members_.clear();
      for (const auto& member : demo::members()) {
        const auto found = c.one<UserId>("SELECT id FROM accounts WHERE email = :email", member.email);
        if (!found) {
          auto wanted = account;
          wanted.role = member.role;
          wanted.email = member.email;
          members_.push_back(accounts::create_account(c, wanted));
          ++made;
        } else {
          members_.push_back(std::get<0>(*found));
        }
      }
      return made;
    });
  }

  void ensure_history() {
    if (done(kHistoryDone)) return;
    for (const UserId member : members_) {
      const assets::Backfill what{.days = kDays, .last = today_, .user = member};
      seeded_.days += assets::backfill(host_.database, source_, host_.clock, what, [] { return true; }).rows;
    }
    host_.database.write([&](storage::Connection& c) { assets::mark_done(c, kHistoryDone, now_); });
  }

  void ensure_feed() {
    if (done(kFeedDone)) return;
    const auto before = seeded_;
    host_.database.write([&](storage::Connection& c) {
      seeded_ = before;
      for (const auto& post : demo::posts()) write_thread(c, post);
      assets::mark_done(c, kFeedDone, now_);
    });
  }

  void write_thread(storage::Connection& c, const demo::DemoPost& post) {
    const auto written_at = now_ - std::chrono::hours(post.hours_ago);
    const feed::PostId id = feed::insert_post(c, author_at(c, post.member, written_at), post.content, written_at);
    ++seeded_.posts;
    like(c, id, post.member, 5);

    std::optional<feed::CommentId> last;
    for (const auto& comment : post.comments) {
      const auto commented_at = written_at + std::chrono::minutes(comment.minutes_later);
      const feed::NewComment text{id, comment.reply ? last : std::nullopt, comment.content};
      const feed::CommentId comment_id =
          feed::insert_comment(c, author_at(c, comment.member, commented_at), text, commented_at);
      if (text.parent) {
        feed::add_to_reply_count(c, *text.parent, 1);
      } else {
        last = comment_id;
      }
      feed::add_to_comment_count(c, id, 1);
      ++seeded_.comments;
      like(c, comment_id, comment.member, 2);
    }
  }

  /// The author as it was at that moment: the name is the asset of the day.
  accounts::Account author_at(storage::Connection& c, int member, time::Timestamp moment) {
    auto account = accounts::find_account(c, members_[static_cast<std::size_t>(member)], today_).value();
    if (const auto fortune = assets::fortune_on(c, account.id, host_.zone.day_of(moment))) {
      account.amount = fortune->amount;
      account.multiplier = fortune->multiplier;
    }
    return account;
  }

  /// Some of the others like it: about `tenths` of ten, the same ones every time.
  template <class ThingId>
  void like(storage::Connection& c, ThingId thing, int author, int tenths) {
    for (int member = 0; member < static_cast<int>(members_.size()); ++member) {
      if (member == author || (thing.value * 7 + member * 3) % 10 >= tenths) continue;
      http::unwrap(feed::change_like(c, thing, members_[static_cast<std::size_t>(member)], feed::LikeChange::add));
      ++seeded_.likes;
    }
  }

  Host& host_;
  ports::AssetSource& source_;
  time::Timestamp now_;
  time::Day today_;
  std::vector<UserId> members_;
  Seeded seeded_;
};

void seed(const std::shared_ptr<ports::AssetSource>& source, Command::Context context) {
  if (source == nullptr) {
    throw std::invalid_argument("nobody to ask for assets: run the extension here or give --extension-url");
  }
  const auto seeded = Seed(context.host, *source).run();
  if (context.json) {
    std::string text;
    json::Writer writer(text);
    writer.begin_object();
    writer.field("members", seeded.members);
    writer.field("days", seeded.days);
    writer.field("posts", seeded.posts);
    writer.field("comments", seeded.comments);
    writer.field("likes", seeded.likes);
    writer.end_object();
    context.out << text << '\n';
  } else if (seeded.members + seeded.days + seeded.posts == 0) {
    context.out << "the demo is there already; nothing changed\n";
  } else {
    context.out << "demo: " << seeded.members << " members with " << seeded.days << " days of fortune, " << seeded.posts
                << " posts, " << seeded.comments << " comments, " << seeded.likes << " likes\n";
  }
}

}  // namespace

std::vector<Command> commands(std::function<std::shared_ptr<ports::AssetSource>()> source) {
  return {{.group = "demo",
           .name = "seed",
           .uses = Command::Uses::writes,
           .help = "Put a few members and what they wrote into the database; a second run changes nothing",
           .declare = [](config::Options&) {},
           .run = [source = std::move(source)](Command::Context context) { seed(source(), context); }}};
}

}  // namespace dontgoback::core::demo
