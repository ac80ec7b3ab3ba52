#include "integration/plans/statistics.hpp"

#include <array>
#include <string>
#include <vector>

namespace dontgoback::test {
namespace {

using storage::Connection;
using storage::Dialect;

constexpr std::string_view kMillions = "1000000000";
constexpr std::string_view kFew = "100";  // fewer, and SQLite reads a table of that size whole, rightly

std::vector<std::string> strings(Connection& connection, const std::string& sql) {
  std::vector<std::string> found;
  connection.each(sql, storage::args(), [&found](std::string text) { found.push_back(std::move(text)); });
  return found;
}

std::string_view rows_of(std::string_view table, Told told) {
  switch (told) {
    case Told::tiny_accounts:
      return table == "accounts" ? kFew : kMillions;
    case Told::tiny_rows:
      return table == "accounts" ? kMillions : kFew;
    default:
      return kFew;
  }
}

void tell_sqlite(Connection& connection, Told told) {
  connection.execute("ANALYZE");
  if (told == Told::truth) return;
  connection.execute("DELETE FROM sqlite_stat1");
  if (told == Told::nothing) return;
  for (const auto& table : strings(connection, "SELECT name FROM sqlite_schema WHERE type = 'table'")) {
    if (table.starts_with("sqlite_")) continue;
    const auto rows = std::string(rows_of(table, told));
    connection.execute("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (:tbl, NULL, :stat)", table, rows);
    for (const auto& index :
         strings(connection, "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = '" + table + "'")) {
      // As if each key had all rows, so that no index were of any use.
      connection.execute("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (:tbl, :idx, :stat)", table, index,
                         rows + " " + rows + " " + rows + " " + rows);
    }
  }
}

void tell_mysql(Connection& connection, Told told) {
  const auto tables = strings(connection,
                              "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND "
                              "table_type = 'BASE TABLE'");
  const auto each_table = [&](const auto& act) {
    for (const auto& table : tables) act(table);
  };
  if (told == Told::truth) {
    each_table([&](const std::string& table) {
      const auto sql = "ANALYZE TABLE `" + table + "` PERSISTENT FOR ALL";
      connection.each(sql, storage::args(),
                      [](std::string_view, std::string_view, std::string_view, std::string_view) {});
    });
    return;
  }
  for (const std::string stats : {"table_stats", "column_stats", "index_stats"}) {
    connection.execute("DELETE FROM mysql." + stats + " WHERE db_name = DATABASE()");
  }
  if (told == Told::nothing) {
    connection.execute("DELETE FROM mysql.innodb_index_stats WHERE database_name = DATABASE()");
    connection.execute("DELETE FROM mysql.innodb_table_stats WHERE database_name = DATABASE()");
  } else {
    each_table([&](const std::string& table) {
      const auto rows = std::string(rows_of(table, told));
      connection.execute("INSERT INTO mysql.table_stats (db_name, table_name, cardinality) VALUES (DATABASE(), '" +
                         table + "', " + rows + ")");
      connection.execute("UPDATE mysql.innodb_table_stats SET n_rows = " + rows +
                         " WHERE database_name = DATABASE() AND table_name = '" + table + "'");
      connection.execute(
          "UPDATE mysql.innodb_index_stats SET stat_value = 1 WHERE database_name = DATABASE() AND "
          "stat_name LIKE 'n\\_diff%' AND table_name = '" +
          table + "'");
    });
  }
  each_table([&](const std::string& table) { connection.execute("FLUSH TABLE `" + table + "`"); });
}

}  // namespace

void fill(Connection& connection) {
  const std::string numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900) SELECT ";
  const auto insert = [&](const std::string& into, const std::string& what) {
    connection.execute("INSERT INTO " + into + " " + numbers + what + " FROM n");
  };
  insert("accounts (role, status, amount, multiplier, amount_day, created_at, last_seen_at)",
         "CASE WHEN i % 3 = 0 THEN 0 ELSE 1 END, CASE WHEN i % 100 = 0 THEN 3 ELSE 0 END, 1, 1, 1, i, i");
  insert("account_history (user_id, status, reason, created_at)", "i, 0, 'x', i");
  insert("sessions (user_id, created_at, expires_at)", "i, i, i");
  insert("refresh_tokens (hash, session_id, expires_at, used_at)", "i, i, i, i");
  insert("known_devices (user_id, device, last_used_at)", "i, 'x', i");
  insert("sign_in_links (hash, user_id, expires_at)", "i, i, i");
  insert("hand_overs (session_id, user_id, code_hash, expires_at)", "i, i, i, i");
  insert("sign_ups (hash, way, user_id, expires_at)", "i, 'x', i, i");
  insert("consents (user_id, age14, terms, accepted_at)", "i, 1, 'x', i");
  insert("invitations (hash, uses_left, expires_at, created_at)", "i, 1, i, i");
  insert("email_links (hash, browser_hash, email, tries_left, expires_at, code_hash)", "i, i, i, 5, i, i");
  insert("identities (issuer, subject, user_id, provider, linked_at)", "'x', i, i, 'x', i");
  insert("sign_in_tries (state_hash, browser_hash, provider, link_to, expires_at)", "i, i, 'x', i, i");
  insert("walk_arrivals (hash, issuer, subject, expires_at)", "i, 'x', i, i");
  insert("passkeys (user_id, hash, credential_id, public_key, counter, created_at)", "i, i, 'x', 'x', 0, i");
  insert("passkey_challenges (hash, user_id, expires_at)", "i, i, i");
  insert("leave_links (hash, user_id, wish, expires_at)", "i, i, 1, i");
  insert("closings (user_id, since)", "i, i");
  insert("idempotency_keys (user_id, idempotency_key, fingerprint, status, body, created_at)",
         "i, 'k', 'f', 200, '', i");
  insert("asset_snapshots (user_id, day, amount, multiplier, created_at)", "i, 1, 1, 1, 1");
  insert("asset_today_movers (side, place, user_id, hundredths, shown)", "i % 2, i, i, i, 'x'");
  insert("asset_today_spread (kind, at_least, number)", "i % 2, i, 20");
  insert("posts (user_id, author, author_type, content, created_at, updated_at)", "i, 'x', 1, 'x', i, i");
  insert("posts (user_id, author, author_type, content, created_at, updated_at, deleted_at)",
         "i, 'x', 1, 'x', i, i, i");
  insert("comments (post_id, user_id, author, author_type, content, created_at, updated_at)",
         "i, i, 'x', 1, 'x', i, i");
  insert("comments (post_id, parent_id, user_id, author, author_type, content, created_at, updated_at)",
         "i, i, i, 'x', 1, 'x', i, i");
  insert("popular_posts (post_id, heat, written_at)", "i, i % 50, i");
  insert("post_likes (post_id, user_id)", "i, i");
  insert("comment_likes (comment_id, user_id)", "i, i");
  insert(
      "notifications (user_id, number, kind, feed_id, about, comment_id, name, people, times, began, seen, created_at)",
      "i, i, 1, i, 0, i, 'x', 1, 1, i, 0, i");
  insert("notification_people (user_id, kind, feed_id, about, person_id, number, name, created_at)",
         "i, 1, i, 0, i, i, 'x', i");
  insert("notification_counters (user_id, last_number)", "i, i");
  insert("audit_trail (at, actor_id, action, target_kind, target_id, reason)", "i, i, 1, 1, i, 'x'");
  insert(
      "report_cases (target_kind, target_id, author_id, is_open, queue, why, opened_at, decided_at, decision, "
      "entry_id)",
      "1, i, i, CASE WHEN i % 2 = 0 THEN 1 END, i % 2, 1, i, i, 1, i");
  insert("reports (target_kind, target_id, reporter_id, case_id, guest, reason, text, created_at)",
         "1, i, i, i, 0, 1, 'x', i");
  insert("report_reasons (case_id, reason, guest, times)", "i, 1, 0, 1");
  insert("moderation_acts (id, user_id, action, target_kind, target_id, reason, at)", "i, i, 1, 1, i, 'x', i");
  insert("suspensions (user_id, act_id, status_before, ends_at)", "i, i, 0, i");
  insert("unlinked_acts (act_id, user_id)", "i, i");
  insert("writing_stops (user_id, act_id, ends_at)", "i, i, i");
  insert("system_notices (id, words, newest_user, created_at)", "i, 'x', i, i");
  insert("push_subscriptions (user_id, session_id, digest, endpoint, p256dh, auth, created_at, seen_at, failing_since)",
         "i, i, i, 'x', 'x', 'x', i, i, i");
  insert("push_told (user_id, thing, told_at)", "i, 'x', i");
  insert("search_chunks (bigram, chunk, ids)", "i, i, 'x'");
  insert("authors_to_mark (user_id, hidden)", "i, 0");
  insert("relations (user_id, other_id, kind, created_at)", "i, i % 900 + 1, 1, i");
  insert("hidden_words (user_id, words, folded)", "i, 'x', 'x'");
  insert("turned_away (user_id, version)", "i, i");
  insert("hidden_posts (user_id, post_id)", "i, i");
  insert("post_revisions (post_id, number, content, written_at)", "i, 1, 'x', i");
  insert("comment_revisions (comment_id, number, content, written_at)", "i, 1, 'x', i");
  insert("unlinked_posts (post_id, user_id, remove_at)", "i, i, i");
  insert("unlinked_comments (comment_id, user_id, remove_at)", "i, i, i");
  insert("faces (post_id, number, user_id, unlinked, author, author_type)", "i, 1, i, 0, '', 1");
  insert("name_bands (counting, name, type, shown)", "i, 'x', 1, 'x'");
  insert("saved_posts (user_id, post_id, number, created_at)", "i, i, 1, i");
  insert("walker_tickets (user_id, hash, expires_at)", "i, i, i");
  insert(
      "walkers (uuid, nickname, folded, renamed_at, status, status_at, offset_minutes, consented_at, created_at, "
      "person)",
      "i, 'x', i, 0, CASE WHEN i % 100 = 0 THEN 2 ELSE 0 END, i, 540, i, i, i");
  insert("walk_keys (name, sealed)", "i, 'x'");
  insert("walker_identities (hash, walker_id)", "i, i");
  insert("walker_sessions (id, walker_id, device, expires_at)", "i, i, '', i");
  insert("walker_refresh_tokens (hash, session_id, used_at, expires_at)", "i, i, i, i");
  insert("walker_sessions_ended (session_id, ended_at)", "i, i");
  insert("walker_proofs (hash, used_at)", "i, i");
  insert("step_days (walker_id, day, total, reached_at, confidence, flags, told)", "i, i, 1, i, 100, 2, 'x'");
  insert("friendships (walker_id, other_id, kind, since)", "i, i % 900 + 1, i % 5 + 1, i");
  insert("friend_links (hash, walker_id, expires_at)", "i, i, i");
  insert("walk_groups (uuid, name, owner_id)", "i, 'x', i");
  insert("group_members (group_id, walker_id, since)", "i, i, i");
  insert("group_links (hash, group_id, uses_left, expires_at)", "i, i, 1, i");
  insert("percentiles (walker_id, day, total, percent)", "i, 1, i, 1");
  insert("group_boards (group_id, period, taken_at, totals)", "i, 0, i, ''");
  insert("walk_goals (walker_id, from_day, steps, least, grace)", "i, 1, i, i, 0");
  insert("walk_goal_choices (walker_id, shared, told_day)", "i, i % 2, i");
  insert(
      "walk_report_cases (kind, target_id, name, is_open, times, opened_at, decided_at, decision, judged)",
      "i % 3 + 1, i, 'x', CASE WHEN i % 10 = 0 THEN 1 ELSE 0 END, 1, i, CASE WHEN i % 10 = 0 THEN NULL ELSE i END, 1, "
      "'x'");
  insert("walk_report_reasons (case_id, reason, times)", "i, i % 7 + 1, 1");
  insert("walk_reports (case_id, number, walker_id, reason, text)", "i, 1, i, i % 7 + 1, 'x'");
  insert("walker_settings (walker_id, last_number)", "i, i");
  insert("walker_notices (walker_id, number, kind, other_id, amount, times, seen, created_at)",
         "i, i, i % 5, i % 900 + 1, 0, 1, i % 2, i");
  insert("walker_devices (walker_id, session_id, channel, digest, address, p256dh, auth, seen_at, failing_since)",
         "i, i, i % 2, i, 'x', '', '', i, i");
  insert(
      "first_release_walkers (walker_id, secret, public_uuid, folded, refresh_serial, renewed_at, renewed_before, "
      "used_at)",
      "i, i, i, i, 1, i, i, i");
  insert("outbox (topic, payload, subject, state, attempts, next_at, created_at)", "'mail', 'x', i, 0, 0, i, i");
}

void tell(Connection& connection, Told told) {
  connection.dialect() == Dialect::sqlite ? tell_sqlite(connection, told) : tell_mysql(connection, told);
}

}  // namespace dontgoback::test
