#include "storage/mysql_error.hpp"

#include <catch2/catch.hpp>
#include <initializer_list>

using namespace dontgoback::storage;

namespace {

struct Numbers {
  MysqlErrorKind kind;
  std::initializer_list<unsigned> numbers;
};

}  // namespace

// Numbers, not names: they are what arrives. https://mariadb.com/kb/en/mariadb-error-codes/
TEST_CASE("what error numbers of MariaDB mean") {
  const Numbers all[] = {
      {MysqlErrorKind::duplicate_key, {1022, 1062, 1586}},
      // a deadlock, a lock not had in time, a changed row (innodb_snapshot_isolation), a Galera node that is not ready
      {MysqlErrorKind::retry, {1213, 1205, 1020, 1047}},
      // killed, shut down, broken while reading or writing, gone, lost
      {MysqlErrorKind::lost, {1053, 1158, 1159, 1160, 1161, 1184, 1927, 2002, 2003, 2006, 2013, 2055}},
      {MysqlErrorKind::out_of_time, {1969}},
      {MysqlErrorKind::full, {1021, 1026, 1114, 1878}},
      {MysqlErrorKind::read_only, {1290, 1836}},
      {MysqlErrorKind::damaged, {1034, 1194, 1195, 1712}},
      {MysqlErrorKind::gone, {1049, 1146}},
      {MysqlErrorKind::failing, {1037, 1040, 1041, 1142, 1143, 1180, 1206, 1317}},
      {MysqlErrorKind::already_done, {1050, 1051, 1060, 1061, 1091, 1826}},
      {MysqlErrorKind::defect, {0, 1048, 1054, 1064, 1364, 1406, 1451, 1452, 4025, 99999}},
  };
  for (const auto& [kind, numbers] : all) {
    for (const auto number : numbers) {
      INFO(number);
      CHECK(classify_mysql_error(number) == kind);
    }
  }
}
