# Writes the SQL files into a source file; see dontgoback_migrations().
set(entries "")
foreach(file IN LISTS FILES)
  get_filename_component(base ${file} NAME)
  if(NOT base MATCHES "^([0-9][0-9][0-9])_([a-z0-9_]+)\\.(sqlite|mysql)\\.sql$")
    message(FATAL_ERROR "${file}: a migration is named NNN_name.sqlite.sql or NNN_name.mysql.sql")
  endif()
  math(EXPR number "1${CMAKE_MATCH_1} - 1000")
  set(name ${CMAKE_MATCH_2})
  set(dialect ${CMAKE_MATCH_3})
  file(READ ${file} sql)
  string(APPEND entries "    {\"${MODULE}\", ${number}, \"${name}\", storage::Dialect::${dialect}, R\"sql(${sql})sql\"},\n")
endforeach()
file(WRITE ${OUTPUT} "// Made from migrations/*.sql by cmake/EmbedMigrations.cmake.
#include \"dontgoback/storage/migration.hpp\"

namespace dontgoback::${MODULE} {

storage::Migrations migrations() {
  return {
${entries}  };
}

}  // namespace dontgoback::${MODULE}
")
