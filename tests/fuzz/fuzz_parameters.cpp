// Queries and forms as they come from outside.
#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
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
  const auto text = fuzz::text_of(data, size);
  http::Request request;
  request.query = text;
  request.path_parameters[0] = {"id", text};

  for (const auto& value :
       {given([&] { return http::query_text(request, "a"); }), given([&] { return http::form_text(text, "a"); })}) {
    if (!value) continue;
    require(http::is_utf8(*value));
    require(http::code_points(*value) <= value->size());
  }
  const auto integer = given([&] { return http::query_integer(request, "a", -5, 100); });
  require(!integer || (*integer >= -5 && *integer <= 100));
  given([&] { return http::query_day(request, "a"); });
  require(given([&] { return http::path_id(request, "id"); }) >= 0);
  const auto page = given([&] { return http::page_size(request); });
  require(page >= 0 && page <= 50);
  require(given([&] { return http::page_before(request, "a"); }) >= 0);
  http::is_utf8(text);
  return 0;
}
