#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "dontgoback/http/language.hpp"
#include "dontgoback/http/response.hpp"

// What the readers of event streams are told, and are asked about.
namespace dontgoback::http {

/// Streams of one reader that are told the same have one view: a language, a period. Below kMostViews.
using EventView = std::uint8_t;
inline constexpr std::size_t kMostViews = 3;
/// The view of who reads in that language.
constexpr EventView view_of(Language language) { return static_cast<EventView>(language); }
constexpr Language language_of_view(EventView view) { return static_cast<Language>(view); }

/// Whose news are asked for: an account's, a walker's.
struct NewsFor {
  std::int64_t reader = 0;
  std::int64_t after = 0;         ///< the number that all of its streams have seen
  std::bitset<kMostViews> views;  ///< those that are looked at
};

/// The number of the last event that there is for a reader.
struct LastEvent {
  std::int64_t reader;
  std::int64_t number;
};
/// Those whose last event is none that all of their streams have seen.
std::vector<std::int64_t> those_behind(std::span<const NewsFor> asked, std::span<const LastEvent> last);

/// What one reader is told: events by number, and how things stand.
class EventNews {
 public:
  /// So many events are asked for at a time, and given in so many bytes: a stream that was away for long gets what is
  /// new in several goes, for 64 KiB are all that it may be behind, and one event alone can be 2.
  static constexpr int kEventsAtOnce = 50;
  static constexpr std::size_t kBytesAtOnce = 24 * 1024;

  /// `last`: the number of the last event there is, read before the events: what comes meanwhile is among them, or
  /// looked for again.
  explicit EventNews(std::int64_t last = 0) : last_(last) {}

  /// The next event, in the order of their numbers; `text` is asked for each view that is looked at. One that has no
  /// place any more is left for the next time.
  void add(const NewsFor& asked, std::int64_t number, const std::function<std::string(EventView)>& text);

  /// How things stand, by view, as the text of an event: sent where it is another than was sent last. None: nothing.
  std::array<SharedText, kMostViews> state;
  /// Whose changes concern the reader, besides its own (EventStreams::changed).
  std::vector<std::int64_t> watched;

  struct Event {
    std::int64_t number;
    std::array<std::string, kMostViews> text;
  };
  const std::vector<Event>& events() const { return events_; }
  /// Whether there is more than had a place.
  bool more() const { return more_; }
  /// Up to which number all is told.
  std::int64_t until() const;

 private:
  std::vector<Event> events_;
  std::int64_t last_;
  std::size_t bytes_ = 0;
  bool more_ = false;
};

}  // namespace dontgoback::http
