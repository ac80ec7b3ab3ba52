#include "demo.hpp"

#include <array>
#include <memory>
#include <ostream>
#include <stdexcept>
#include <string>

#include "accounts/accounts.hpp"
#include "assets/assets.hpp"
#include "dontgoback/config/table.hpp"
#include "dontgoback/http/error.hpp"
#include "feed/feed.hpp"
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
  Seed(Host& host, const accounts::LifeCycle& life_cycle, const accounts::Directory& directory,
       const feed::Listeners& listeners, ports::AssetSource& source)
      : host_(host),
        life_cycle_(life_cycle),
        directory_(directory),
        listeners_(listeners),
        source_(source),
        now_(host.clock.now()),
        today_(host.zone.day_of(now_)) {}

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
      for (const auto& member : members()) {
        const auto found = accounts::find_by_email(c, member.email);
        if (!found) {
          auto wanted = account;
          wanted.role = member.role;
          wanted.email = member.email;
          members_.push_back(life_cycle_.create(c, wanted));
          ++made;
        } else {
          members_.push_back(*found);
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
      for (const auto& post : posts()) write_thread(c, post);
      assets::mark_done(c, kFeedDone, now_);
    });
  }

  void write_thread(storage::Connection& c, const DemoPost& post) {
    const auto written_at = now_ - std::chrono::hours(post.hours_ago);
    const auto id = http::unwrap(feed::write_post(c, directory_, listeners_, member(post.member), {post.content},
                                                  written_at, day_of(written_at)));
    ++seeded_.posts;
    like(c, id, post.member, 5, written_at);

    std::optional<feed::CommentId> last;
    for (const auto& comment : post.comments) {
      const auto commented_at = written_at + std::chrono::minutes(comment.minutes_later);
      const feed::NewComment text{id, comment.reply ? last : std::nullopt, comment.content};
      const auto comment_id = http::unwrap(feed::write_comment(c, directory_, listeners_, member(comment.member), text,
                                                               commented_at, day_of(commented_at)));
      if (!text.parent) last = comment_id;
      ++seeded_.comments;
      like(c, comment_id, comment.member, 2, commented_at);
    }
  }

  UserId member(int index) const { return members_[static_cast<std::size_t>(index)]; }
  /// Names are of that day.
  time::Day day_of(time::Timestamp moment) const { return host_.zone.day_of(moment); }

  /// Some of the others like it: about `tenths` of ten, the same ones every time.
  template <class ThingId>
  void like(storage::Connection& c, ThingId thing, int author, int tenths, time::Timestamp now) {
    for (int i = 0; i < static_cast<int>(members_.size()); ++i) {
      if (i == author || (thing.value * 7 + i * 3) % 10 >= tenths) continue;
      const feed::Liking liking{directory_, listeners_, member(i), feed::LikeChange::add, now, day_of(now)};
      http::unwrap(feed::change_like(c, thing, liking));
      ++seeded_.likes;
    }
  }

  Host& host_;
  const accounts::LifeCycle& life_cycle_;
  const accounts::Directory& directory_;
  const feed::Listeners& listeners_;
  ports::AssetSource& source_;
  time::Timestamp now_;
  time::Day today_;
  std::vector<UserId> members_;
  Seeded seeded_;
};

void seed(const accounts::LifeCycle& life_cycle, const accounts::Directory& directory, const feed::Listeners& listeners,
          const std::shared_ptr<ports::AssetSource>& source, Command::Context context) {
  if (source == nullptr) {
    throw std::invalid_argument("nobody to ask for assets: run the extension here or give --extension-url");
  }
  const auto seeded = Seed(context.host, life_cycle, directory, listeners, *source).run();
  if (seeded.days + seeded.posts > 0) context.host.database.renew_table_statistics();
  const auto words = [&]() -> std::string {
    if (seeded.members + seeded.days + seeded.posts == 0) return "the demo is there already; nothing changed";
    return "demo: " + std::to_string(seeded.members) + " members with " + std::to_string(seeded.days) +
           " days of fortune, " + std::to_string(seeded.posts) + " posts, " + std::to_string(seeded.comments) +
           " comments, " + std::to_string(seeded.likes) + " likes";
  };
  config::Table table({"members", "days", "posts", "comments", "likes"});
  table.add({seeded.members, seeded.days, seeded.posts, seeded.comments, seeded.likes});
  table.print_row(context.out, context.json, words());
}

}  // namespace

std::vector<Command> commands(const accounts::LifeCycle& life_cycle, const accounts::Directory& directory,
                              const feed::Listeners& listeners,
                              std::function<std::shared_ptr<ports::AssetSource>()> source) {
  return {
      {.group = "demo",
       .name = "seed",
       .uses = Command::Uses::writes,
       .help = "Put a few members and what they wrote into the database; a second run changes nothing",
       .declare = [](config::Options&) {},
       .run = [&life_cycle, &directory, &listeners, source = std::move(source)](
                  Command::Context context) { seed(life_cycle, directory, listeners, source(), std::move(context)); }}};
}

}  // namespace dontgoback::core::demo
