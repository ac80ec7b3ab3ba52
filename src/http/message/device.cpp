#include "dontgoback/http/device.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace dontgoback::http {
namespace {

struct Sign {
  std::string_view in_user_agent;
  std::string_view name;
};

// Who comes first counts: a browser also names those that it wants to be taken for.
constexpr std::array kBrowsers{
    Sign{"KAKAOTALK", "KakaoTalk"}, Sign{"NAVER(", "NAVER"},
    Sign{"Whale/", "Whale"},        Sign{"SamsungBrowser/", "Samsung Internet"},
    Sign{"EdgA/", "Edge"},          Sign{"EdgiOS/", "Edge"},
    Sign{"Edg/", "Edge"},           Sign{"OPR/", "Opera"},
    Sign{"OPT/", "Opera"},          Sign{"FxiOS/", "Firefox"},
    Sign{"Firefox/", "Firefox"},    Sign{"CriOS/", "Chrome"},
    Sign{"Chrome/", "Chrome"},      Sign{"Safari/", "Safari"},
};
constexpr std::array kSystems{
    Sign{"iPhone", "iPhone"}, Sign{"iPad", "iPad"},     Sign{"Android", "Android"}, Sign{"Windows", "Windows"},
    Sign{"CrOS", "ChromeOS"}, Sign{"Macintosh", "Mac"}, Sign{"Linux", "Linux"},
};

std::string_view name_in(std::string_view user_agent, std::span<const Sign> signs) {
  for (const auto& sign : signs) {
    if (user_agent.find(sign.in_user_agent) != std::string_view::npos) return sign.name;
  }
  return {};
}

}  // namespace

std::string device_of(std::string_view user_agent) {
  const auto browser = name_in(user_agent, kBrowsers);
  const auto system = name_in(user_agent, kSystems);
  std::string device(browser);
  if (!browser.empty() && !system.empty()) device += " · ";
  return device += system;
}

}  // namespace dontgoback::http
