#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dontgoback::web {

/// A colour of sRGB, each part from 0 to 255.
struct Colour {
  int red, green, blue;
  std::string text() const;  ///< `#1a4fd0`
  friend bool operator==(const Colour&, const Colour&) = default;
};

/// `#RRGGBB`, in either case; nothing for anything else.
std::optional<Colour> parse_colour(std::string_view text);

/// How much two colours differ, from 1 to 21 (WCAG 2.2, contrast ratio).
double contrast(const Colour& a, const Colour& b);

/// The shades of an accent that words in the theme's own colour can be read on, with a contrast of 4.5 at least: the
/// accent itself where it allows that, else a darker one in the light theme, a lighter one in the dark. Pure.
struct Shades {
  Colour light, dark;
};
Shades shades_of(const Colour& accent);

/// What stands on the accent (`--on-accent` of ui/src/lib/tokens.css).
inline constexpr Colour kOnLightAccent{0xFF, 0xFD, 0xF8};
inline constexpr Colour kOnDarkAccent{0x12, 0x15, 0x1A};

}  // namespace dontgoback::web
