#include "commands.hpp"

#include <ostream>
#include <stdexcept>

#include "compose.hpp"
#include "dontgoback/config/table.hpp"
#include "dontgoback/jobs/queue_command.hpp"
#include "dontgoback/mail/address.hpp"
#include "dontgoback/mail/message.hpp"

namespace dontgoback::mail {
namespace {

/// Goes out at once and past the outbox, so that who asks is told what the mail server said.
void test(const Wiring& wiring, Command::Context& context, const std::string& address) {
  if (!is_address(address)) throw std::invalid_argument("ADDRESS: must be an e-mail address");
  auto& host = context.host;
  const auto sender = wiring.sender(host.node);
  const Letter letter{
      new_id(),
      {address, host.node.network.ko + " 메일 시험 · A test mail",
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

}  // namespace

std::vector<Command> commands(const Wiring& wiring) {
  const auto address = std::make_shared<std::string>();
  return {
      {"mail", "test", Command::Uses::writes,
       "Sends a mail to an address now, and says what the mail server answers, or the file it went to",
       [address](config::Options& options) { options.text("address", *address, "Who gets it"); },
       [wiring, address](Command::Context context) { test(wiring, context, *address); }},
      jobs::queue_command("mail", {std::string(kTopic)},
                          "Shows the mails that wait to be sent, those that were given up, and those that mail servers "
                          "refused, and why")};
}

}  // namespace dontgoback::mail
