#include "web/accent.hpp"

#include <catch2/catch.hpp>

using namespace dontgoback::web;

TEST_CASE("a colour is six hexadecimal digits behind a #") {
  CHECK(parse_colour("#1A4fd0") == Colour{0x1A, 0x4F, 0xD0});
  CHECK(parse_colour("#1a4fd0")->text() == "#1a4fd0");
  for (const auto* none :
       {"", "#", "1a4fd0", "#1a4fd", "#1a4fd00", "#1a4fdg", "#-a4fd0", "# a4fd0", "red", "#+12345"}) {
    CAPTURE(none);
    CHECK_FALSE(parse_colour(none));
  }
}

TEST_CASE("contrast is WCAG's") {
  CHECK(contrast({0, 0, 0}, {255, 255, 255}) == Approx(21));
  CHECK(contrast({255, 255, 255}, {255, 255, 255}) == Approx(1));
  CHECK(contrast({0x77, 0x77, 0x77}, {255, 255, 255}) == Approx(4.48).margin(0.005));
}

TEST_CASE("words can be read on whatever accent somebody chooses, which stays where it can") {
  for (int red = 0; red <= 255; red += 15) {
    for (int green = 0; green <= 255; green += 15) {
      for (int blue = 0; blue <= 255; blue += 15) {
        const Colour chosen{red, green, blue};
        const auto [light, dark] = shades_of(chosen);
        if (contrast(light, kOnLightAccent) < 4.5 || contrast(dark, kOnDarkAccent) < 4.5) FAIL(chosen.text());
        if (contrast(chosen, kOnLightAccent) >= 4.5 && light != chosen) FAIL(chosen.text());
        if (contrast(chosen, kOnDarkAccent) >= 4.5 && dark != chosen) FAIL(chosen.text());
      }
    }
  }
}
