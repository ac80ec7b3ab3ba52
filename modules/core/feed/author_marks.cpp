#include "author_marks.hpp"

#include "author_mark_store.hpp"

namespace dontgoback::core::feed {
namespace {

/// The note is held by who marks: a job's slice and a change of the account do not mark against each other.
void mark_slice(storage::Connection& connection, UserId author, bool hidden) {
  const bool all_posts = mark_posts(connection, author, hidden, kMarkedAtOnce) < kMarkedAtOnce;
  const bool all_comments = mark_comments(connection, author, hidden, kMarkedAtOnce) < kMarkedAtOnce;
  if (all_posts && all_comments) drop_note(connection, author);
}

}  // namespace

void mark_author(storage::Connection& connection, UserId author, bool hidden) {
  note_author(connection, author, hidden);
  mark_slice(connection, author, hidden);
}

bool mark_more(storage::Connection& connection) {
  const auto author = first_noted(connection);
  if (!author) return false;
  if (const auto hidden = hold_note(connection, *author)) mark_slice(connection, *author, *hidden);
  return true;
}

void forget_author(storage::Connection& connection, UserId author) { drop_note(connection, author); }

jobs::Job marking_job(storage::Database& database) {
  return {.name = "author-marks",
          .schedule = {.daily_at = {}, .every = std::chrono::seconds(5)},
          .once_for_all_nodes = false,  // which would write at every look; the note is held by who marks
          .work = [&database](const jobs::Run& run) -> std::string {
            int slices = 0;
            const auto is_work_left = [&] {
              return database.read([](storage::Connection& c) { return first_noted(c).has_value(); });
            };
            while (!run.stop.stop_requested() && run.keep_alive() && is_work_left()) {
              database.write(mark_more);
              ++slices;
            }
            return slices == 0 ? "nothing to mark" : "marked " + std::to_string(slices) + " slices";
          }};
}

}  // namespace dontgoback::core::feed
