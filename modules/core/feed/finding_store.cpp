#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "dontgoback/storage/planned.hpp"
#include "finding.hpp"
#include "json.hpp"
#include "post_store.hpp"
#include "rows_store.hpp"
#include "with_ids.hpp"

namespace dontgoback::core::feed {
namespace {

using storage::args;
using storage::Connection;
using storage::Dialect;
using storage::Planned;
using storage::Value;

constexpr std::size_t kFewAtOnce = 16;
constexpr std::array kColumns{storage::ColumnType::integer, storage::ColumnType::integer, storage::ColumnType::integer,
                              storage::ColumnType::text};

const Planned kNewest("feed/newest", "SELECT id FROM posts {PRIMARY} WHERE id > :after ORDER BY id DESC LIMIT 1");

const std::string kColumnsOfText = "SELECT p.id, p.user_id, " + owner_of_post("p", "po") + ", p.content ";
/// For whom too much is turned away to be remembered.
const std::string kForReader = " AND " + unwanted_post("p", ":reader", ":reader_too") + " = 0";

std::string texts_among(std::size_t count, std::string_view more = "") {
  return with_ids(count) + kColumnsOfText + "FROM v CROSS JOIN posts p {PRIMARY} ON p.id = v.id " +
         accounts::planned_join("a", "p.user_id") + " WHERE " + visible("p", "a") + std::string(more);
}

// By the ids, not by what is shown: a stretch has a bound, and what is next to each other is read as it lies.
std::string texts_of_stretch(std::string_view more = "") {
  return kColumnsOfText + "FROM posts p {PRIMARY} " + accounts::planned_join("a", "p.user_id") +
         " WHERE p.id >= :from AND p.id < :before AND INSTR(p.content, :needle) > 0 AND " + visible("p", "a") +
         std::string(more) + " ORDER BY p.id DESC LIMIT :size";
}

const Planned kFewTexts("feed/few-texts", texts_among(kFewAtOnce));
const Planned kFewTextsForReader("feed/few-texts-for-reader", texts_among(kFewAtOnce, kForReader));
const Planned kTexts("feed/texts", texts_among(kFoundAtOnce));
const Planned kTextsForReader("feed/texts-for-reader", texts_among(kFoundAtOnce, kForReader));
const Planned kTextsOfStretch("feed/texts-of-stretch", texts_of_stretch());
const Planned kTextsOfStretchForReader("feed/texts-of-stretch-for-reader", texts_of_stretch(kForReader));
const Planned kKeptTexts("feed/kept-texts",
                         "SELECT id, content FROM posts {PRIMARY} WHERE id >= :from AND id < :before AND deleted_at IS "
                         "NULL ORDER BY id");
const Planned kWorded(
    "feed/worded", "SELECT id FROM posts {PRIMARY} WHERE id >= :from AND id < :before AND content <> '' ORDER BY id");

auto to_text(const EachText& row) {
  return [&row](PostId id, std::string_view content) { row(id, content); };
}

}  // namespace

PostId newest_post(Connection& connection) {
  const auto newest = connection.one<PostId>(kNewest.on(connection), PostId{});
  return newest ? std::get<0>(*newest) : PostId{};
}

std::optional<Talk> talk_of(Connection& connection, PostId id) {
  const auto row = connection.one<std::int64_t, std::int64_t, time::Timestamp>(
      "SELECT like_count, comment_count, created_at FROM posts WHERE id = :id AND deleted_at IS NULL", id);
  if (!row) return std::nullopt;
  return Talk{std::get<0>(*row), std::get<1>(*row), std::get<2>(*row)};
}

void each_text(Connection& connection, std::span<const PostId> ids, const Reader& reader, const EachTextOf& row) {
  // Padded with nobody's id, so that there are few texts.
  const bool few = ids.size() <= kFewAtOnce;
  std::vector<Value> values(few ? kFewAtOnce : kFoundAtOnce, Value(PostId{}));
  std::ranges::copy(ids, values.begin());
  const bool all = !reader.asks_each_row();
  if (!all) values.insert(values.end(), 2, Value(reader.user));
  const auto& statement = few ? (all ? kFewTexts : kFewTextsForReader) : (all ? kTexts : kTextsForReader);
  connection.run(statement.on(connection), values, kColumns, [&row](std::span<const storage::Cell> cells) {
    const auto owner = cells[2].null ? std::nullopt : std::optional(UserId{cells[2].integer});
    row({PostId{cells[0].integer}, UserId{cells[1].integer}, owner, cells[3].text});
  });
}

void each_text(Connection& connection, Stretch stretch, std::string_view needle, int size, const Reader& reader,
               const EachTextOf& row) {
  const auto each = [&row](PostId id, UserId author, std::optional<UserId> owner, std::string_view content) {
    row({id, author, owner, content});
  };
  const auto [from, before] = stretch;
  if (reader.asks_each_row()) {
    connection.each(kTextsOfStretchForReader.on(connection), args(from, before, needle, reader.user, reader.user, size),
                    each);
  } else {
    connection.each(kTextsOfStretch.on(connection), args(from, before, needle, size), each);
  }
}

void each_kept_text(Connection& connection, Stretch stretch, const EachText& row) {
  if (connection.dialect() == Dialect::sqlite) {
    connection.each(kKeptTexts.on(connection), args(stretch.from, stretch.before), to_text(row));
    return;
  }
  static const std::string kHeld = std::string(kKeptTexts.in(Dialect::mysql).text()) + " LOCK IN SHARE MODE";
  connection.each(kHeld, args(stretch.from, stretch.before), to_text(row));
}

void each_worded(Connection& connection, Stretch stretch, const std::function<void(PostId)>& row) {
  connection.each(kWorded.on(connection), args(stretch.from, stretch.before), [&row](PostId id) { row(id); });
}

void write_posts(json::Writer& writer, Connection& connection, std::span<const PostId> ids,
                 const http::Request& request) {
  // Rows come in the order of an index, and views of them are gone with the next.
  std::vector<std::string> found(ids.size());
  each_post_among(connection, ids, request.identity.user, [&](const Post& post) {
    json::Writer one(found[static_cast<std::size_t>(std::ranges::find(ids, post.id) - ids.begin())]);
    write(one, post, request);
  });
  writer.begin_array();
  for (const auto& json : found) {
    if (!json.empty()) writer.raw(json);
  }
  writer.end_array();
}

}  // namespace dontgoback::core::feed
