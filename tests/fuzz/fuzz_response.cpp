// Another node's answers.
#include <stdexcept>

#include "fuzz.hpp"
#include "http/client/response_reader.hpp"

using namespace dontgoback;
using dontgoback::fuzz::require;

namespace {

constexpr std::size_t kBodyLimit = 512;

struct Outcome {
  bool refused = false;
  http::ClientResponse response;
};

Outcome read(std::string_view input, std::size_t piece, bool head_only) {
  Outcome outcome;
  try {
    http::ResponseReader reader(head_only, kBodyLimit);
    for (; !input.empty() && !reader.done(); input.remove_prefix(std::min(piece, input.size()))) {
      reader.put(input.substr(0, piece));
      require(!reader.untouched());
    }
    reader.end();
    require(reader.done());
    outcome.response = reader.take();
  } catch (const std::runtime_error&) {
    outcome.refused = true;
  }
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto input = fuzz::text_of(data, size);
  for (const bool head_only : {false, true}) {
    const auto whole = read(input, std::max<std::size_t>(size, 1), head_only);
    const auto pieces = read(input, 1 + size % 5, head_only);
    require(whole.refused == pieces.refused);
    if (whole.refused) continue;
    require(whole.response.status >= 200 && whole.response.status <= 599);
    require(whole.response.status == pieces.response.status);
    require(whole.response.body == pieces.response.body);
    require(whole.response.etag == pieces.response.etag);
    require(whole.response.body.size() <= kBodyLimit);
    require(!head_only || whole.response.body.empty());
    require(whole.response.etag.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
  }
  return 0;
}
