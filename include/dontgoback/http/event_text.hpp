#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/http/request.hpp"
#include "dontgoback/json/writer.hpp"

// What a stream says, as Server-Sent Events (HTML standard, section 9.2).
namespace dontgoback::http {

/// An event of that name with the data that `write_data(json::Writer&)` writes. JSON has no line breaks, so it is one
/// line.
template <class F>
std::string event_text(std::string_view name, F&& write_data) {
  std::string text = "event: ";
  text.append(name).append("\ndata: ");
  json::Writer writer(text);
  write_data(writer);
  return text.append("\n\n");
}
/// The same with a number, which a browser says when it comes again.
template <class F>
std::string event_text(std::int64_t number, std::string_view name, F&& write_data) {
  return "id: " + std::to_string(number) + "\n" + event_text(name, write_data);
}

/// When to come again after the stream has ended.
std::string retry_line(std::chrono::milliseconds wait);

/// Says nothing, so that nobody between takes the connection for dead. An event, for a page does not see comments: one
/// that hears none knows that its stream is dead, or that somebody between keeps what is sent.
inline constexpr std::string_view kHeartbeat = "event: heartbeat\ndata: {}\n\n";

/// The number of the last event that its reader has seen: the field `Last-Event-ID`, which an EventSource sends by
/// itself when it comes again, to a URL that stays what it was; else the parameter `lastEventId`. A field that is none
/// of ours is as if it were not there: an EventSource that is refused never comes again. Throws http::Error (400) for
/// such a parameter.
std::optional<std::int64_t> last_event_id(const Request& request);

}  // namespace dontgoback::http
