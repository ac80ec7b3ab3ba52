// Queries and forms as they come from outside.
#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "dontgoback/http/preference.hpp"
#include "dontgoback/text/utf8.hpp"
#include "fuzz.hpp"

using namespace dontgoback;
using dontgoback::fuzz::require;

namespace {

/// What the call gives, or nothing when it refuses the parameter, which must be a 400.
template <class Call>
auto given(Call call) -> decltype(call()) {
  try {
    return call();
  } catch (const http::Error& error) {
    require(error.failure().kind == FailureKind::invalid);
    return {};
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto input = fuzz::text_of(data, size);
  http::Request request;
  request.query = input;
  request.path_parameters[0] = {"id", input};

  for (const auto& value :
       {given([&] { return http::query_text(request, "a"); }), given([&] { return http::form_text(input, "a"); })}) {
    if (!value) continue;
    require(text::is_utf8(*value));
    require(text::code_points(*value) <= value->size());
  }
  const auto integer = given([&] { return http::query_integer(request, "a", -5, 100); });
  require(!integer || (*integer >= -5 && *integer <= 100));
  given([&] { return http::query_day(request, "a"); });
  require(given([&] { return http::path_id(request, "id"); }) >= 0);
  const auto page = given([&] { return http::page_size(request); });
  require(page >= 0 && page <= 50);
  require(given([&] { return http::page_before(request, "a"); }) >= 0);
  if (text::is_utf8(input)) {
    std::size_t count = 0;
    for (std::string_view rest = input; !rest.empty(); ++count) text::take_code_point(rest);
    require(count == text::code_points(input));
  }
  for (std::string_view list = input; !list.empty();) {
    const auto weight = http::take_preference(list).weight;
    require(weight >= 0 && weight <= 1000);
  }
  return 0;
}
