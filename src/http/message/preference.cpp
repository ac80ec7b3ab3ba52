#include "dontgoback/http/preference.hpp"

#include "dontgoback/text/ascii.hpp"
#include "dontgoback/text/parts.hpp"

namespace dontgoback::http {
namespace {

/// `0` to `1` with up to three decimals, in thousandths; 0 when it is malformed.
int thousandths_of(std::string_view weight) {
  if (weight.empty() || weight.size() > 5 || (weight[0] != '0' && weight[0] != '1')) return 0;
  if (weight.size() > 1 && weight[1] != '.') return 0;
  int thousandths = (weight[0] - '0') * 1000;
  int unit = 100;
  for (const char digit : weight.substr(weight.size() > 1 ? 2 : 1)) {
    if (!text::is_digit(digit)) return 0;
    thousandths += (digit - '0') * unit;
    unit /= 10;
  }
  return thousandths > 1000 ? 0 : thousandths;
}

/// Of `…;q=0.5`: other parameters may stand beside it.
int weight_of(std::string_view parameters) {
  while (!parameters.empty()) {
    auto parameter = text::take(parameters, ';');
    const auto name = text::trimmed(text::take(parameter, '='));
    if (text::same_ignoring_case(name, "q")) return thousandths_of(text::trimmed(parameter));
  }
  return 1000;
}

}  // namespace

Preference take_preference(std::string_view& list) {
  auto element = text::take(list, ',');
  const auto value = text::trimmed(text::take(element, ';'));
  return {value, weight_of(element)};
}

}  // namespace dontgoback::http
