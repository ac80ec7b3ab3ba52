#include "commands.hpp"

#include <ostream>
#include <stdexcept>

#include "dontgoback/config/table.hpp"
#include "dontgoback/jobs/queue_command.hpp"
#include "dontgoback/push/message.hpp"
#include "service.hpp"

namespace dontgoback::push {
namespace {

constexpr std::chrono::seconds kTestTimeLimit{10};
constexpr std::string_view kWalkersTopic = "walk-pushes";

void keys(const Wiring& wiring, Command::Context& context) {
  const auto& node = context.host.node;
  config::Table table({"publicKey", "file"});
  table.add({wiring.vapid(node).public_key(), wiring.key_file(node).string()});
  table.print_row(context.out, context.json);
}

std::string_view name_of(Answer::Kind kind) {
  switch (kind) {
    case Answer::Kind::done:
      return "done";
    case Answer::Kind::not_tried:
    case Answer::Kind::later:
    case Answer::Kind::misconfigured:
      return "later";
    case Answer::Kind::gone:
      return "gone";
    case Answer::Kind::malformed:
    case Answer::Kind::refused:
      break;
  }
  return "refused";
}

std::string title_of_test(const config::NetworkName& network) {
  if (!network.own) return "돈고백 · DontGoBack";
  return network.ko == network.en ? network.ko : network.ko + " · " + network.en;
}

/// Goes out at once and past the outbox, so that who asks is told what the push services said. Nothing becomes of a
/// subscription by it.
void test(const Wiring& wiring, Command::Context& context, std::int64_t user) {
  auto& host = context.host;
  const auto subscriptions = wiring.subscriptions();
  if (!subscriptions) throw std::invalid_argument("push test works where core runs");
  const auto vapid = wiring.vapid(host.node);
  const auto now = host.clock.now();
  config::Table table({"service", "result", "answer"});
  bool all = true;
  for (const auto id : subscriptions->of(user)) {
    const auto device = subscriptions->find(id);
    const auto* subscription = device ? std::get_if<ports::PushSubscription>(&device->address) : nullptr;
    if (subscription == nullptr) continue;
    const Message message{.device = {.id = id},
                          .title = title_of_test(host.node.network),
                          .body = "알림이 잘 옵니다. Notifications arrive.",
                          .tag = "test",
                          .path = "/notifications",
                          .until = now + std::chrono::minutes(5)};
    const auto answer = hand_over(host.client, vapid, *subscription, message, now, kTestTimeLimit);
    all = all && answer.kind == Answer::Kind::done;
    table.add({origin_of(subscription->endpoint), std::string(name_of(answer.kind)), answer.what});
  }
  table.print(context.out, context.json);
  if (!all) throw std::runtime_error("not every push service took it");
}

std::vector<std::string> topics() {
  std::vector<std::string> all;
  for (const auto topic : {kTopic, kWalkersTopic}) {
    for (const auto channel : {Channel::web, Channel::fcm}) all.push_back(topic_of(topic, channel));
  }
  return all;
}

}  // namespace

std::vector<Command> commands(const Wiring& wiring) {
  const auto user = std::make_shared<std::int64_t>(0);
  return {{"push", "keys", Command::Uses::reads,
           "Shows the public key that browsers subscribe with, and the file of its other half", [](config::Options&) {},
           [wiring](Command::Context context) { keys(wiring, context); }},
          jobs::queue_command("push", topics(),
                              "Shows the pushes that wait to be sent, and those that push services refused, and why"),
          {"push", "test", Command::Uses::reads,
           "Pushes something to a member's browsers now, and says what the push services answer",
           [user](config::Options& options) {
             options.integer("user", *user, 1, std::numeric_limits<std::int64_t>::max(), "The member's userId");
           },
           [wiring, user](Command::Context context) { test(wiring, context, *user); }}};
}

}  // namespace dontgoback::push
