#include "support/core/world.hpp"

#include "jobs/migrations.hpp"

namespace dontgoback::test {

storage::Migrations core_schema() {
  auto schema = jobs::migrations();
  for (const auto& migration : core::CoreModule().migrations()) schema.push_back(migration);
  return schema;
}

storage::Migrations core_schema_before(int number) {
  auto schema = core_schema();
  std::erase_if(schema, [number](const auto& each) { return each.module == "core" && each.number >= number; });
  return schema;
}

World::World(storage::Dialect dialect, const GivenOptions& given)
    : fresh(dialect, core_schema()), database(*fresh), node(database, clock, fresh.directory(), given) {}

std::int64_t World::number(std::string_view sql) {
  return std::get<0>(
      database.read([sql](auto& connection) { return connection.template one<std::int64_t>(sql); }).value());
}

void World::execute(std::string_view sql) {
  database.write([sql](storage::Connection& connection) { connection.execute(sql); });
}

bool World::counts_are_right() {
  return number(
             "SELECT COUNT(*) FROM posts p WHERE "
             "like_count <> (SELECT COUNT(*) FROM post_likes l WHERE l.post_id = p.id) OR comment_count <> "
             "(SELECT COUNT(*) FROM comments c WHERE c.post_id = p.id AND c.shown >= 0)") == 0 &&
         number(
             "SELECT COUNT(*) FROM comments c WHERE c.deleted_at IS NULL AND ("
             "like_count <> (SELECT COUNT(*) FROM comment_likes l WHERE l.comment_id = c.id) OR reply_count <> "
             "(SELECT COUNT(*) FROM comments r WHERE r.parent_id = c.id AND r.deleted_at IS NULL AND r.hidden IN (0, "
             "1, 9)))") == 0;
}

}  // namespace dontgoback::test
