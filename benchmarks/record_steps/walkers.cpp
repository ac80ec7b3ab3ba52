// Walkers with consent in the database of a node that has been migrated, and an access token of each, good for an hour:
// a line `UUID TOKEN` to standard output. For record_steps_load.
//   record_steps_walkers DATA_DIR COUNT
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "storage/open.hpp"
#include "walkers/tokens.hpp"

using namespace dontgoback;
using namespace dontgoback::walk::walkers;

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: record_steps_walkers DATA_DIR COUNT" << std::endl;
    return 2;
  }
  const std::filesystem::path directory(argv[1]);
  const auto database = storage::open_database(
      {.url = "sqlite:" + (directory / "dontgoback.db").string(), .statement_limit = std::chrono::minutes(1)});
  const Tokens tokens(load_keys(*database, directory / "walk.key"));
  const auto now = time::SystemClock().now();
  constexpr std::int64_t kAtOnce = 10'000;
  std::string lines;
  for (std::int64_t made = 0, count = std::atoll(argv[2]); made < count;) {
    const auto many = std::min(kAtOnce, count - made);
    std::vector<Uuid> uuids;
    for (std::int64_t i = 0; i < many; ++i) uuids.push_back(random_uuid());
    database->write([&](storage::Connection& connection) {
      for (const auto& uuid : uuids) {
        connection.execute(
            "INSERT INTO walkers (uuid, nickname, renamed_at, status, status_at, offset_minutes, consented_at, "
            "created_at) VALUES (:uuid, '', 0, 0, 0, 540, 1, 0)",
            std::string_view(reinterpret_cast<const char*>(uuid.bytes.data()), uuid.bytes.size()));
      }
    });
    const auto last = database->read([](storage::Connection& connection) {
      return std::get<0>(connection.one<std::int64_t>("SELECT MAX(id) FROM walkers").value());
    });
    lines.clear();
    for (std::int64_t i = 0; i < many; ++i) {
      const Holder holder{{last - many + 1 + i}, uuids[static_cast<std::size_t>(i)], last - many + 1 + i};
      lines.append(to_string(holder.uuid)).append(" ").append(tokens.access_token(holder, now)).append("\n");
    }
    std::cout << lines;
    made += many;
  }
  return 0;
}
