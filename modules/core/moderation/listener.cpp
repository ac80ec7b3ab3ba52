#include "case_store.hpp"
#include "moderation.hpp"
#include "rules_store.hpp"
#include "telling.hpp"

namespace dontgoback::core::moderation {
namespace {

using feed::Withheld;
using storage::Connection;

/// Why a text has to wait: bits of Why.
int why_held(Connection& connection, const feed::Listener::Written& text) {
  const auto rules = read_rules(connection);
  int why = has_word(rules, text.content) ? static_cast<int>(Why::word) : 0;
  if (rules.newcomer_links == Links::hold && has_link(text.content)) {
    const auto dates = accounts::find_dates(connection, text.owner);
    const std::chrono::hours new_for(rules.newcomer_hours);
    if (dates && is_new(new_for, dates->created_at, text.now)) why |= static_cast<int>(Why::link);
  }
  if (why == 0) return 0;
  // Who judges need not wait to be judged; but of an unlinked text, that it shows at once would say who wrote it.
  const auto author = accounts::find_standing(connection, text.author);
  return author && http::is_at_least(author->role, http::Role::moderator) ? 0 : why;
}

bool set_waiting(Connection& connection, const feed::Listener::Written& text, bool waits) {
  const auto change = [&](auto id) {
    return waits ? feed::withhold(connection, id, Withheld::waiting) : feed::release(connection, id, Withheld::waiting);
  };
  return text.comment ? change(*text.comment) : change(text.post);
}

Target target_of(feed::PostId post, std::optional<feed::CommentId> comment) {
  return comment ? Target{TargetKind::comment, comment->value} : Target{TargetKind::feed, post.value};
}

/// Nobody has to look at it any more.
void close_as_gone(Connection& connection, const Case& open, time::Timestamp now) {
  close_case(connection, open.id, Decision::gone, {}, "", now);
}

class Judging final : public feed::Listener {
  void written(Connection& connection, const Written& text) const override {
    const auto target = target_of(text.post, text.comment);
    const int why = why_held(connection, text);
    if (why != 0) {
      const bool newly = set_waiting(connection, text, true);
      const auto in = open_case(connection, target, text.author, Queue::members, text.now);
      for (const auto each : {Why::word, Why::link}) {
        if ((why & static_cast<int>(each)) != 0) add_why(connection, in.id, each, Queue::members);
      }
      if (newly) tell(connection, text.owner, Said::waits, target, "", text.now);
    } else if (set_waiting(connection, text, false)) {  // its author took out what had to be looked at
      const auto in = find_open_case(connection, target);
      const int held = static_cast<int>(Why::word) | static_cast<int>(Why::link);
      if (in && (in->why & ~held) == 0) close_as_gone(connection, *in, text.now);
    }
  }

  void removed(Connection& connection, const Removed& text) const override {
    if (const auto in = find_open_case(connection, target_of(text.post, text.comment))) {
      close_as_gone(connection, *in, text.now);
    }
  }
};

}  // namespace

const feed::Listener& listener() {
  static const Judging kListener;
  return kListener;
}

}  // namespace dontgoback::core::moderation
