#include "dontgoback/mail/message.hpp"

#include <algorithm>
#include <boost/describe.hpp>
#include <stdexcept>

#include "dontgoback/json/reader.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/mail/address.hpp"
#include "dontgoback/security/crypto/base64.hpp"
#include "dontgoback/security/crypto/hash.hpp"
#include "dontgoback/security/crypto/hex.hpp"
#include "dontgoback/security/crypto/random_bytes.hpp"
#include "dontgoback/text/ascii.hpp"
#include "dontgoback/text/utf8.hpp"

namespace dontgoback::mail {

namespace {

/// What lies in the outbox.
struct Row {
  std::string id;
  std::string to;
  std::string subject;
  std::string text;
  std::string html;
  std::optional<std::int64_t> until;  // milliseconds since 1970
};
BOOST_DESCRIBE_STRUCT(Row, (), (id, to, subject, text, html, until))

constexpr std::size_t kIdBytes = 16;
constexpr std::size_t kMaxSubject = 200;

bool is_control(char c) { return (c >= 0 && c < ' ') || c == 0x7F; }

bool is_body(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return is_control(c) && c != '\n' && c != '\t'; });
}

bool is_id(std::string_view text) {
  return text.size() == 2 * kIdBytes && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// Of all mails to one address, however it is spelt.
std::string subject_of(std::string_view address) {
  return security::base64url_encode(security::bytes(security::sha256(text::lower(address))));
}

}  // namespace

std::string new_id() { return security::hex(security::random_bytes(kIdBytes)); }

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
  writer.field("id", new_id());
  writer.field("to", message.to);
  writer.field("subject", message.subject);
  writer.field("text", message.text);
  writer.field("html", message.html);
  if (message.until) writer.field("until", message.until->time_since_epoch().count());
  writer.end_object();
  outbox.add(connection, kTopic, payload, subject_of(message.to));
}

void forget(storage::Connection& connection, std::string_view address) {
  jobs::forget(connection, kTopic, subject_of(address));
}

std::optional<Letter> read(std::string_view payload) {
  auto row = json::read<Row>(payload);
  if (!row || !is_id(row->id)) return std::nullopt;
  Letter letter{row->id, {row->to, row->subject, row->text, row->html}};
  if (row->until) letter.message.until = time::Timestamp(std::chrono::milliseconds(*row->until));
  if (problem_of(letter.message)) return std::nullopt;
  return letter;
}

}  // namespace dontgoback::mail
