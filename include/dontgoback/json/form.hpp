#pragma once

namespace dontgoback::json {

/// How a type of the domain looks in JSON: specialised beside the type, which then is a value for `Writer`, and a
/// member for `read` where it can be read:
///     template <>
///     struct json::Form<Metres> {
///       static void write(auto& writer, Metres metres) { writer.value(metres.value); }
///       static bool read(std::int64_t from, Metres& to);  // or from std::string_view; false: not one
///     };
/// The writer is a parameter's type so that the type's header needs no header of JSON but this one.
template <class T>
struct Form;

}  // namespace dontgoback::json
