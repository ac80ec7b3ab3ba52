// Bodies as they come from outside, and the writer on whatever text they brought.
#include "dontgoback/json/reader.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/time/day.hpp"
#include "fuzz.hpp"

using namespace dontgoback;
using dontgoback::fuzz::require;

namespace {

struct Inner {
  std::string name;
  std::optional<std::int64_t> count;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (name, count))

struct Body {
  std::int64_t number;
  std::optional<std::vector<Inner>> inner;
  std::optional<time::Day> day;
  std::optional<bool> flag;
  std::optional<double> ratio;
};
BOOST_DESCRIBE_STRUCT(Body, (), (number, inner, day, flag, ratio))

/// Every text, integer and boolean of the document in order.
void write_flat(json::Writer& writer, const boost::json::value& value) {
  if (const auto* object = value.if_object()) {
    for (const auto& member : *object) {
      writer.value(std::string_view(member.key()));
      write_flat(writer, member.value());
    }
  } else if (const auto* array = value.if_array()) {
    for (const auto& element : *array) write_flat(writer, element);
  } else if (const auto* text = value.if_string()) {
    writer.value(std::string_view(*text));
  } else if (const auto* number = value.if_int64()) {
    writer.value(*number);
  } else if (const auto* boolean = value.if_bool()) {
    writer.value(*boolean);
  } else {
    writer.null();
  }
}

std::string flat(const boost::json::value& value) {
  std::string text;
  json::Writer writer(text);
  writer.begin_array();
  write_flat(writer, value);
  writer.end_array();
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text_of(data, size);
  if (const auto day = time::parse_day(text)) require(time::to_string(*day) == text);
  const auto document = json::parse(text);
  if (document) {
    // What we write of it we read back, and write again, the same.
    const auto once = flat(*document);
    const auto again = json::parse(once);
    require(again.has_value());
    require(flat(*again) == once);
  }
  const auto body = json::read<Body>(text);
  require(document || !body);
  return 0;
}
