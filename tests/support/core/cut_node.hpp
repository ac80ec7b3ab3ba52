#pragma once

#include <memory>
#include <string>

#include "storage/open.hpp"
#include "support/core/world.hpp"
#include "support/mariadb_proxy.hpp"

namespace dontgoback::test {

/// A core node whose connections to MariaDB can be cut.
struct CutNode {
  FreshDatabase fresh{storage::Dialect::mysql, core_schema()};
  MariadbProxy proxy;
  std::unique_ptr<storage::Database> database = storage::open_database({.url = proxy.url(name())});
  SetClock clock;
  CoreNode node{*database, clock, fresh.directory()};

  std::string name() const {
    const auto& url = fresh.url();
    const auto begin = url.find("///") + 3;
    return url.substr(begin, url.find('?') - begin);
  }
  std::int64_t rows(const std::string& of) {
    return std::get<0>(fresh
                           ->read([&](storage::Connection& connection) {
                             return connection.one<std::int64_t>("SELECT COUNT(*) FROM " + of);
                           })
                           .value());
  }
};

}  // namespace dontgoback::test
