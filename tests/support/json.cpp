#include "support/json.hpp"

#include <boost/json/parse.hpp>
#include <stdexcept>

namespace dontgoback::test {

boost::json::value json_at(std::string_view text, std::string_view pointer) {
  boost::system::error_code error;
  const auto whole = boost::json::parse({text.data(), text.size()}, error);
  if (error) throw std::runtime_error("no JSON (" + error.message() + "): " + std::string(text));
  const auto* found = whole.find_pointer({pointer.data(), pointer.size()}, error);
  if (found == nullptr) throw std::runtime_error("nothing at " + std::string(pointer) + " in " + std::string(text));
  return *found;
}

std::vector<std::int64_t> numbers_at(std::string_view text, std::string_view pointer, std::string_view member) {
  const auto array = json_at(text, pointer).as_array();
  std::vector<std::int64_t> numbers;
  for (const auto& each : array) {
    numbers.push_back(each.at({member.data(), member.size()}).as_int64());
  }
  return numbers;
}

}  // namespace dontgoback::test
