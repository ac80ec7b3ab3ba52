#include "dontgoback/storage/planned.hpp"
#include "reader.hpp"

namespace dontgoback::core::feed {
namespace {

const storage::Planned kReader("feed/reader",
                               "SELECT " + relations::planned_reader(":reader", ":reader_again") +
                                   ", EXISTS (SELECT 1 FROM hidden_posts h {PRIMARY} WHERE h.user_id = :reader_too)");

}  // namespace

Reader find_reader(storage::Connection& connection, UserId user) {
  Reader reader{user};
  connection.each(kReader.on(connection), storage::args(user, user, user),
                  [&reader](bool turns_away, std::optional<std::string_view> words, bool hides_posts) {
                    reader.turns_away = turns_away;
                    reader.hides_posts = hides_posts;
                    if (words) reader.words = relations::WordFilter(*words);
                  });
  return reader;
}

}  // namespace dontgoback::core::feed
