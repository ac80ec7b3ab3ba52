#include "withholding_store.hpp"

#include <string>

#include "accounts/accounts.hpp"
#include "dontgoback/storage/planned.hpp"

namespace dontgoback::core::feed {
namespace {

using storage::Connection;
using storage::Planned;

/// `hidden` of a row that nothing withholds. MariaDB holds the account for it, so that none changes beside.
std::string by_author(std::string_view table, std::string_view index = "") {
  return "CASE WHEN EXISTS (SELECT 1 FROM " + accounts::table("a") + std::string(index) +
         " WHERE a.id = " + std::string(table) + ".user_id AND " + accounts::visible_account("a") +
         ") THEN 0 ELSE 1 END";
}

template <class ThingId>
void set(Connection& connection, const std::string& table, ThingId id, int bits) {
  if (bits != 0) {
    connection.execute("UPDATE " + table + " SET hidden = :hidden WHERE id = :id", 1 + bits, id);
  } else {
    connection.execute("UPDATE " + table + " SET hidden = " + by_author(table) + " WHERE id = :id", id);
  }
}

const std::string kReplies = " WHERE post_id = :post AND parent_id = :parent AND ";

const Planned kHideReplies("feed/withhold-replies",
                           "UPDATE comments {comments_shown_below} SET hidden = 9" + kReplies + "shown IN (0, 1)");
const Planned kNoteReplies("feed/withhold-withheld-replies",
                           "UPDATE comments {comments_shown_below} SET hidden = hidden + 8" + kReplies +
                               "shown BETWEEN -7 AND -1");
const Planned kShowReplies("feed/release-replies", "UPDATE comments {comments_shown_below} SET hidden = " +
                                                       by_author("comments", " {PRIMARY}") + kReplies + "shown = -8");
const Planned kUnnoteReplies("feed/release-withheld-replies",
                             "UPDATE comments {comments_shown_below} SET hidden = hidden - 8" + kReplies +
                                 "shown BETWEEN -15 AND -9");

}  // namespace

void set_withheld(Connection& connection, PostId id, int bits) { set(connection, "posts", id, bits); }
void set_withheld(Connection& connection, CommentId id, int bits) { set(connection, "comments", id, bits); }

std::int64_t withhold_replies(Connection& connection, PostId post, CommentId parent) {
  connection.execute(kNoteReplies.on(connection), post, parent);
  return connection.execute(kHideReplies.on(connection), post, parent);
}

std::int64_t release_replies(Connection& connection, PostId post, CommentId parent) {
  const auto shown = connection.execute(kShowReplies.on(connection), post, parent);
  connection.execute(kUnnoteReplies.on(connection), post, parent);
  return shown;
}

}  // namespace dontgoback::core::feed
