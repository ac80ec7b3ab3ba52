#include "dates.hpp"

namespace dontgoback::walk::rpc {

std::string plain_date(std::string_view text) {
  std::string date(text);
  if (text.size() == 8 && text.find_first_not_of("0123456789") == std::string_view::npos) {
    date.insert(6, 1, '-').insert(4, 1, '-');
  } else if (text.size() == 10 && text[4] == '.' && text[7] == '.') {
    date[4] = date[7] = '-';
  }
  return date;
}

}  // namespace dontgoback::walk::rpc
