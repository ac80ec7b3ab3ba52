// What lies in a column of step_days, as a damaged database may have it.
#include "fuzz.hpp"
#include "steps/confidence.hpp"
#include "steps/day_rule.hpp"

using namespace dontgoback;
using namespace dontgoback::walk::steps;
using dontgoback::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  const auto told = decode(text);
  if (!told) return 0;
  require(encode(*told) == text);
  const auto sum = sum_of(*told);
  require(sum.total >= 0 && sum.total <= kMostSteps);
  const auto confidence = confidence_of(sum, *told, {});
  require(confidence.percent >= 0 && confidence.percent <= 100);
  const std::vector<ToldDay> days{{time::Day::from_number(20'000), *told}, {time::Day::from_number(20'001), *told}};
  for (std::int64_t day = 19'997; day <= 20'004; ++day) {
    const auto any = sum_of(time::Day::from_number(day), days);
    require(any.total >= 0 && any.total <= kMostSteps);
  }
  return 0;
}
