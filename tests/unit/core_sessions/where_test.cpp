#include "core/sessions/where.hpp"

#include <catch2/catch.hpp>

#include "dontgoback/http/device.hpp"

using namespace dontgoback;
using namespace dontgoback::core::sessions;

TEST_CASE("A device is its browser and its system, however browsers pretend") {
  struct Sample {
    std::string_view user_agent, device;
  };
  const auto sample = GENERATE(
      Sample{"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile "
             "Safari/537.36",
             "Chrome · Android"},
      Sample{"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 "
             "Chrome/125.0.0.0 Mobile Safari/537.36",
             "Samsung Internet · Android"},
      Sample{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
             "Version/18.1 Mobile/15E148 Safari/604.1",
             "Safari · iPhone"},
      Sample{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
             "CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1",
             "Chrome · iPhone"},
      Sample{"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 "
             "Safari/605.1.15",
             "Safari · Mac"},
      Sample{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 "
             "Safari/537.36 Edg/131.0.0.0",
             "Edge · Windows"},
      Sample{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 "
             "Whale/4.29.282.14 Safari/537.36",
             "Whale · Windows"},
      Sample{"Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox · Linux"},
      Sample{"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 "
             "Safari/537.36",
             "Chrome · ChromeOS"},
      Sample{"Mozilla/5.0 (Linux; Android 14; SM-S918N Build/UP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) "
             "Version/4.0 Chrome/131.0.0.0 Mobile Safari/537.36;KAKAOTALK 2411040",
             "KakaoTalk · Android"},
      Sample{"Dalvik/2.1.0 (Linux; U; Android 14)", "Android"}, Sample{"Firefox/1", "Firefox"});
  CAPTURE(sample.user_agent);
  CHECK(http::device_of(sample.user_agent) == sample.device);
}

TEST_CASE("What a stranger writes is never part of a device") {
  for (const std::string_view user_agent :
       {"", "curl/7.88.1", "<script>alert(1)</script>", "your own phone", "\xff\xfe", "chrome/1 (linux)"}) {
    CHECK(http::device_of(user_agent).empty());
  }
  CHECK(http::device_of("<b>Chrome/1 (Windows\n)</b>") == "Chrome · Windows");
}

TEST_CASE("Of an address only its network is kept") {
  CHECK(shortened("192.0.2.77") == "192.0.2.0/24");
  CHECK(shortened("::ffff:192.0.2.77") == "192.0.2.0/24");
  CHECK(shortened("2001:db8:1:2:3:4:5:6") == "2001:db8:1::/48");
  CHECK(shortened("::1") == "::/48");
  for (const std::string_view none : {"", "unix", "/run/x", "1.2.3", "192.0.2.x"}) CHECK(shortened(none).empty());
}
