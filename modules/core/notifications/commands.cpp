#include <limits>
#include <memory>
#include <ostream>
#include <stdexcept>

#include "dontgoback/config/table.hpp"
#include "dontgoback/text/utf8.hpp"
#include "notice_store.hpp"
#include "notifications.hpp"
#include "pushing.hpp"
#include "store.hpp"

namespace dontgoback::core::notifications {
namespace {

constexpr std::size_t kMostCharacters = 600;

struct Given {
  std::string text;
  std::string text_en;
  std::int64_t user = 0;
};

void check(const std::string& text, const char* option) {
  if (!text::is_utf8(text) || text::code_points(text) > kMostCharacters) {
    throw std::invalid_argument(std::string(option) + ": at most 600 characters of UTF-8");
  }
}

void send(Command::Context& context, const Given& given) {
  if (given.text.empty()) throw std::invalid_argument("--text is missing");
  check(given.text, "--text");
  check(given.text_en, "--text-en");
  const auto now = context.host.clock.now();
  const auto english = given.text_en.empty() ? std::nullopt : std::optional(given.text_en);
  context.host.database.write([&](storage::Connection& connection) {
    if (given.user == 0) {
      add_notice(connection, {0, given.text, english, now}, accounts::newest_account(connection));
      connection.notify(kNoticeTopic, {});
      return;
    }
    const UserId user{given.user};
    if (!accounts::hold_account(connection, user)) throw std::runtime_error(std::string(accounts::kNoUser.message.en));
    add_words(connection, user, Kind::system, {given.text, english, {}, {}, now});
    push_said(connection, user, Kind::system, now.time_since_epoch().count(), now);
  });
  config::Table table({"sent", "to"});
  table.add({std::string("sent"), given.user == 0 ? std::string("everybody") : std::to_string(given.user)});
  table.print_row(context.out, context.json);
}

}  // namespace

std::vector<Command> commands() {
  const auto given = std::make_shared<Given>();
  return {{"notifications", "send", Command::Uses::writes,
           "Tell everybody who has an account now, or one of them, something",
           [given](config::Options& options) {
             options.text("--text", given->text, "What is said");
             options.text("--text-en", given->text_en, "The same for who reads English");
             options.integer("--user", given->user, 1, std::numeric_limits<std::int64_t>::max(),
                             "The id of whom it is said to alone");
           },
           [given](Command::Context context) { send(context, *given); }}};
}

}  // namespace dontgoback::core::notifications
