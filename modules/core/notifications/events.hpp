#pragma once

#include <string>

#include "dontgoback/http/language.hpp"
#include "model.hpp"

// What the stream says, as Server-Sent Events (HTML standard, section 9.2).
namespace dontgoback::core::notifications {

/// `notification`, the list's object, with its number as the event's id.
std::string event_of(const Notification& notification, http::Language language);
/// `unread`: `{"unreadCount":3}`.
std::string unread_event(std::int64_t count);
/// `feed`: `{"newestFeedId":5}`.
std::string feed_event(feed::PostId newest);

}  // namespace dontgoback::core::notifications
