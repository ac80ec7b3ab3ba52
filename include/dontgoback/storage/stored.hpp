#pragma once

namespace dontgoback::storage {

/// How a type of the domain lies in a column: specialised beside the type, which then is a parameter (`Value`) and a
/// column of a statement like any number or text:
///     template <>
///     struct storage::Stored<Metres> {
///       using Column = std::int64_t;  // or std::string_view
///       static std::int64_t to_column(Metres metres) { return metres.value; }
///       static Metres from_column(std::int64_t number) { return {number}; }
///     };
/// Text given by `to_column` must live as long as the object it is of.
template <class T>
struct Stored;

}  // namespace dontgoback::storage
