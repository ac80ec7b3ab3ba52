#include <limits>

#include "feed/feed.hpp"
#include "json_file.hpp"
#include "json_files.hpp"
#include "notifications/notifications.hpp"
#include "relations/relations.hpp"

namespace dontgoback::core::exports {
namespace {

using storage::Connection;

void write_people(JsonFile& json, const Source& source, std::string_view name, relations::Kind kind) {
  json.writer.key(name);
  json.array([&] {
    source.each(
        UserId{std::numeric_limits<std::int64_t>::max()},
        [kind](Connection& connection, UserId user, UserId before, int limit) {
          return relations::related(connection, user, kind, before.value, limit);
        },
        &relations::Related::user,
        [&](const relations::Related& related) {
          json.object([&] {
            json.writer.field("userId", related.user);
            json.writer.field("since", related.since);
          });
        });
  });
}

template <class Page>
void write_ids(JsonFile& json, const Source& source, std::string_view name, Page page) {
  json.writer.key(name);
  json.array([&] {
    source.each(
        feed::PostId{0}, page, [](feed::PostId id) { return id; },
        [&](feed::PostId id) {
          json.writer.value(id);
          json.file.pass();
        });
  });
}

}  // namespace

void write_choices(Zip& zip, const Source& source, time::Timestamp now) {
  JsonFile json(zip, "choices.json", now);
  json.object([&] {
    write_people(json, source, "blocks", relations::Kind::blocks);
    write_people(json, source, "mutes", relations::Kind::mutes);
    json.writer.key("hiddenWords");
    json.array([&] {
      const auto words =
          source.read([](Connection& connection, UserId user) { return relations::hidden_words(connection, user); });
      for (const auto& word : words) json.writer.value(word);
    });
    write_ids(json, source, "hiddenFeeds", feed::hidden_posts);
    write_ids(json, source, "savedFeeds", feed::saved_posts);
  });
  json.end();
}

void write_notifications(Zip& zip, const Source& source, time::Timestamp now) {
  JsonFile json(zip, "notifications.json", now);
  json.array([&] {
    source.each(notifications::Number{0}, notifications::own_notifications, &notifications::Own::number,
                [&](const notifications::Own& own) {
                  json.object([&] {
                    json.writer.field("notificationId", own.number);
                    json.writer.field("kind", accounts::to_string(own.kind));
                    json.writer.field("feedId", own.post);
                    json.writer.field("commentId", own.comment);
                    json.writer.field("name", own.name);
                    json.writer.field("count", own.people);
                    json.writer.field("words", own.words);
                    json.writer.field("read", own.read);
                    json.writer.field("createdAt", own.created_at);
                  });
                });
  });
  json.end();
}

}  // namespace dontgoback::core::exports
