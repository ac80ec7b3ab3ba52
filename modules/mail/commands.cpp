#include "commands.hpp"

#include <algorithm>
#include <ostream>
#include <stdexcept>

#include "compose.hpp"
#include "dontgoback/config/table.hpp"
#include "dontgoback/mail/address.hpp"
#include "dontgoback/mail/message.hpp"
#include "dontgoback/time/day.hpp"

namespace dontgoback::mail {
namespace {

using State = jobs::Outbox::State;

constexpr int kMostListed = 1000;

/// Goes out at once and past the outbox, so that who asks is told what the mail server said.
void test(const Wiring& wiring, Command::Context& context, const std::string& address) {
  if (!is_address(address)) throw std::invalid_argument("ADDRESS: must be an e-mail address");
  auto& host = context.host;
  const auto sender = wiring.sender(host.node);
  const Letter letter{
      new_id(),
      {address, "돈고백 메일 시험 · A test mail",
       "메일이 잘 나갑니다. 이 메일에는 할 일이 없습니다.\nMail goes out. There is nothing to do about this "
       "one.\n" +
           host.node.public_url + "\n",
       "<!doctype html><html lang=\"ko\"><meta charset=\"utf-8\"><p>메일이 잘 나갑니다. 이 메일에는 할 "
       "일이 없습니다.</p><p lang=\"en\">Mail goes out. There is nothing to do about this one.</p></html>\n"}};
  const auto answer =
      wiring.way(host)->send({letter.id, sender.address, address}, compose(sender, letter, host.clock.now()));
  if (answer.kind != Answer::Kind::done) throw std::runtime_error(answer.what);
  config::Table table({"result"});
  table.add({answer.what});
  table.print_row(context.out, context.json);
}

std::string_view name_of(State state) {
  switch (state) {
    case State::waiting:
      return "waiting";
    case State::failed:
      return "failed";
    case State::refused:
      break;
  }
  return "refused";
}

void queue(Command::Context& context) {
  auto& host = context.host;
  const auto entries = host.database.read(
      [&](storage::Connection& connection) { return host.outbox.entries(connection, kTopic, kMostListed); });
  config::Table table({"id", "state", "tries", "written", "next", "ended", "answer"});
  for (const auto& entry : entries) {
    const config::Table::Cell at = time::to_rfc3339(entry.at), none;
    const bool waits = entry.state == State::waiting;
    table.add({entry.id, std::string(name_of(entry.state)), entry.attempts, time::to_rfc3339(entry.created_at),
               waits ? at : none, waits ? none : at, entry.answer.empty() ? none : config::Table::Cell(entry.answer)});
  }
  table.print(context.out, context.json);
  const auto waiting = std::ranges::count(entries, State::waiting, &jobs::Outbox::Entry::state);
  if (waiting == kMostListed) context.notes << "more may wait: the first " << kMostListed << " are shown\n";
}

}  // namespace

std::vector<Command> commands(const Wiring& wiring) {
  const auto address = std::make_shared<std::string>();
  return {
      {"mail", "test", Command::Uses::writes,
       "Sends a mail to an address now, and says what the mail server answers, or the file it went to",
       [address](config::Options& options) { options.text("address", *address, "Who gets it"); },
       [wiring, address](Command::Context context) { test(wiring, context, *address); }},
      {"mail", "queue", Command::Uses::reads,
       "Shows the mails that wait to be sent, those that were given up, and those that mail servers refused, and why",
       [](config::Options&) {}, [](Command::Context context) { queue(context); }}};
}

}  // namespace dontgoback::mail
