#pragma once

#include <string>
#include <string_view>

#include "dontgoback/time/day.hpp"
#include "json_files.hpp"
#include "words.hpp"

// index.html of an export: all of it, to be read by people, in one file that fetches nothing and runs nothing.
namespace dontgoback::core::exports {

/// Appends text so that it is text wherever it stands in HTML, whatever it holds; control characters besides line feed
/// and tab, which HTML cannot hold, are left out.
void append_escaped(std::string& html, std::string_view text);

/// `2026-01-31 18:15` by the zone's wall clock.
std::string local_time(const time::Zone& zone, time::Timestamp moment);

/// `1,234,567`
std::string grouped(Won amount);

struct PageSettings {
  const Words& words;
  const time::Zone& zone;
  time::Timestamp now;
  time::Day today;
};
void write_page(Zip& zip, const Source& source, const Profile& profile, const Likes& likes,
                const PageSettings& settings);

}  // namespace dontgoback::core::exports
