#pragma once

#include <chrono>
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
/// When to come again after the stream has ended.
std::string retry_line(std::chrono::milliseconds wait);
/// An event, for a page does not see comments.
inline constexpr std::string_view kHeartbeat = "event: heartbeat\ndata: {}\n\n";

}  // namespace dontgoback::walk::notices
