#include "things.hpp"

namespace dontgoback::test {

using namespace storage;

Migrations things() {
  return {
      {"things", 1, "things", Dialect::sqlite,
       "CREATE TABLE things (id INTEGER PRIMARY KEY AUTOINCREMENT, number INTEGER, name TEXT UNIQUE, bytes BLOB);"},
      {"things", 1, "things", Dialect::mysql,
       "CREATE TABLE things (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, number BIGINT, name VARCHAR(200) UNIQUE, "
       "bytes LONGBLOB) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;"}};
}

std::int64_t insert_thing(Database& database, std::optional<std::int64_t> number, std::optional<std::string> name) {
  return database.write([&](Connection& connection) {
    connection.execute("INSERT INTO things (number, name) VALUES (:number, :name)", number, name);
    return connection.last_insert_id();
  });
}

std::int64_t count_things(Database& database) {
  return database.read([](Connection& connection) {
    return std::get<0>(connection.one<std::int64_t>("SELECT count(*) FROM things").value());
  });
}

}  // namespace dontgoback::test
