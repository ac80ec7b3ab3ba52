#include "accent.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace dontgoback::web {
namespace {

constexpr double kReadable = 4.5;  // WCAG 2.2, 1.4.3

double linear(int part) {
  const double value = part / 255.0;
  return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const Colour& colour) {
  return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

/// So many hundredths of the way to another.
Colour towards(const Colour& from, const Colour& to, int hundredths) {
  const auto mixed = [hundredths](int a, int b) { return a + (b - a) * hundredths / 100; };
  return {mixed(from.red, to.red), mixed(from.green, to.green), mixed(from.blue, to.blue)};
}

Colour readable_under(const Colour& words, const Colour& accent, const Colour& end) {
  for (int hundredths = 0; hundredths < 100; ++hundredths) {
    const auto shade = towards(accent, end, hundredths);
    if (contrast(shade, words) >= kReadable) return shade;
  }
  return end;
}

}  // namespace

std::string Colour::text() const {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out = "#";
  for (const int part : {red, green, blue}) {
    out += kDigits[static_cast<std::size_t>(part / 16)];
    out += kDigits[static_cast<std::size_t>(part % 16)];
  }
  return out;
}

std::optional<Colour> parse_colour(std::string_view text) {
  if (text.size() != 7 || text.front() != '#') return std::nullopt;
  unsigned number = 0;
  const auto* end = text.data() + text.size();
  const auto [read, error] = std::from_chars(text.data() + 1, end, number, 16);
  if (error != std::errc() || read != end) return std::nullopt;
  return Colour{static_cast<int>(number >> 16U), static_cast<int>((number >> 8U) & 0xFFU),
                static_cast<int>(number & 0xFFU)};
}

double contrast(const Colour& a, const Colour& b) {
  const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)});
  return (lighter + 0.05) / (darker + 0.05);
}

Shades shades_of(const Colour& accent) {
  return {readable_under(kOnLightAccent, accent, {0, 0, 0}), readable_under(kOnDarkAccent, accent, {255, 255, 255})};
}

}  // namespace dontgoback::web
