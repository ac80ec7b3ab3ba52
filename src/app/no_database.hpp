#pragma once

#include <stdexcept>

#include "dontgoback/storage/database.hpp"

namespace dontgoback::app {

/// The database of a node whose modules keep none (auth, extension): there is nothing to open, and asking is a defect.
class NoDatabase final : public storage::Database {
 public:
  storage::Dialect dialect() const override { return storage::Dialect::sqlite; }
  void renew_table_statistics() override { refuse(); }
  bool reachable() noexcept override { return true; }

 protected:
  void read_with(const std::function<void(storage::Connection&)>&) override { refuse(); }
  void write_with(const std::function<void(storage::Connection&)>&) override { refuse(); }

 private:
  [[noreturn]] static void refuse() { throw std::logic_error("this role keeps no database"); }
};

}  // namespace dontgoback::app
