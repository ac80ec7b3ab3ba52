#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/jobs/outbox.hpp"
#include "dontgoback/storage/connection.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::mail {

/// The outbox topic of mails.
inline constexpr std::string_view kTopic = "mails";

/// A mail to one person. All of it is well-formed UTF-8; lines of the bodies end with LF. Who it is from is the
/// operator's choice (`--mail-from`).
struct Message {
  std::string to;       ///< an address (`is_address`)
  std::string subject;  ///< one line, not empty, at most 200 bytes
  std::string text;     ///< what is read where HTML is not
  std::string html;     ///< a whole document; values in it are escaped by who wrote it
  /// When it is of no more use: it is not sent then, so that a mail server that comes back after days sends nobody
  /// links that are over.
  std::optional<time::Timestamp> until{};
};

/// Why such a message cannot be composed, in words that hold none of it; nothing when it can. Any control character
/// in address or subject, and any in a body but LF and tab, is refused.
std::optional<std::string_view> problem_of(const Message& message);

/// Writes the mail to the outbox, in the transaction of its cause; it is sent afterwards, at least once, however the
/// process ends. Throws std::invalid_argument for a message with a problem, or over 64 KiB as JSON.
void send(jobs::Outbox& outbox, storage::Connection& connection, const Message& message);

/// Removes the mails to the address that were not sent, in the caller's transaction.
void forget(storage::Connection& connection, std::string_view address);

/// A message and what it is known by, made with its row: the same at each try, and of no other message anywhere, so
/// that who receives it twice can tell.
struct Letter {
  std::string id;  ///< 32 hexadecimal digits
  Message message;
};

/// A new one, at random.
std::string new_id();

/// What an outbox row of the topic holds; nothing when it holds no letter, or a message with a problem.
std::optional<Letter> read(std::string_view payload);

}  // namespace dontgoback::mail
