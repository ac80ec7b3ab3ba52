#pragma once

#include <string>

#include "dontgoback/http/language.hpp"
#include "dontgoback/json/writer.hpp"
#include "store.hpp"

namespace dontgoback::walk::notices {

/// One object of the list, and what the stream says (Server-Sent Events; HTML standard, section 9.2).
void write(json::Writer& writer, const Notice& notice, http::Language language);

/// `notification`, the list's object, with its number as the event's id.
std::string event_of(const Notice& notice, http::Language language);
/// `unread`: `{"unreadCount":3}`.
std::string unread_event(std::int64_t count);

}  // namespace dontgoback::walk::notices
