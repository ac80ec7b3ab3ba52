#pragma once

#include <string>

#include "dontgoback/mail/message.hpp"
#include "dontgoback/time/clock.hpp"
#include "sender.hpp"

namespace dontgoback::mail {

/// The letter as it is sent (RFC 5322): text and HTML as multipart/alternative (RFC 2046 section 5.1.4), all of it
/// ASCII, every line ends with CRLF and none is longer than 78 characters but for long addresses. The same letter has
/// the same Message-ID. Throws std::invalid_argument for a message with a problem (`problem_of`): no value of it can
/// begin a line of its own.
std::string compose(const Sender& sender, const Letter& letter, time::Timestamp date);

}  // namespace dontgoback::mail
