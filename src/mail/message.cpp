#include "dontgoback/mail/message.hpp"

#include <algorithm>
#include <boost/describe.hpp>
#include <stdexcept>

#include "dontgoback/json/reader.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/mail/address.hpp"
#include "dontgoback/text/utf8.hpp"

namespace dontgoback::mail {

BOOST_DESCRIBE_STRUCT(Message, (), (to, subject, text, html))

namespace {

constexpr std::size_t kMaxSubject = 200;

bool is_control(char c) { return (c >= 0 && c < ' ') || c == 0x7F; }

bool is_body(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return is_control(c) && c != '\n' && c != '\t'; });
}

}  // namespace

std::optional<std::string_view> problem_of(const Message& message) {
  if (!is_address(message.to)) return "the address is none";
  if (message.subject.empty() || message.subject.size() > kMaxSubject) return "the subject is empty or too long";
  if (std::any_of(message.subject.begin(), message.subject.end(), is_control)) {
    return "the subject has a control character";
  }
  if (!is_body(message.text) || !is_body(message.html)) return "a body has a control character";
  for (const auto& part : {std::cref(message.subject), std::cref(message.text), std::cref(message.html)}) {
    if (!text::is_utf8(part.get())) return "a part is no UTF-8";
  }
  return std::nullopt;
}

void send(jobs::Outbox& outbox, storage::Connection& connection, const Message& message) {
  if (const auto problem = problem_of(message)) throw std::invalid_argument("a mail: " + std::string(*problem));
  std::string payload;
  json::Writer writer(payload);
  writer.begin_object();
  writer.field("to", message.to);
  writer.field("subject", message.subject);
  writer.field("text", message.text);
  writer.field("html", message.html);
  writer.end_object();
  outbox.add(connection, kTopic, payload);
}

std::optional<Message> read(std::string_view payload) {
  const auto message = json::read<Message>(payload);
  if (!message || problem_of(*message)) return std::nullopt;
  return *message;
}

}  // namespace dontgoback::mail
