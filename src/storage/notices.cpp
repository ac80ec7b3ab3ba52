#include <algorithm>

#include "dontgoback/storage/database.hpp"
#include "dontgoback/telemetry/log.hpp"

namespace dontgoback::storage {

void Connection::notify(std::string_view topic, std::string_view message) {
  if (notices_ == nullptr || notices_->size() == kMostNotices) return;
  const auto is_same = [&](const auto& notice) { return notice.first == topic && notice.second == message; };
  if (std::ranges::none_of(*notices_, is_same)) notices_->emplace_back(topic, message);
}

void Database::tell_notices_to(std::function<void(std::string_view topic, std::string_view message)> told) {
  told_ = std::move(told);
}

void Database::write_and_tell(const std::function<void(Connection&)>& work) {
  Notices notices;
  write_with([&](Connection& connection) {
    struct During {
      Connection& connection;
      Notices* before;
      ~During() { connection.notices_ = before; }
    };
    notices.clear();  // of a run that was rolled back
    const During during{connection, std::exchange(connection.notices_, &notices)};
    work(connection);
  });
  if (!told_) return;
  try {
    for (const auto& [topic, message] : notices) told_(topic, message);
  } catch (const std::exception& error) {  // what was written stays written
    telemetry::log_error("nobody was told of what was written", {{"cause", error.what()}});
  }
}

}  // namespace dontgoback::storage
