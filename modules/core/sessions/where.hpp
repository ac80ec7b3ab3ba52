#pragma once

#include <string>
#include <string_view>

#include "dontgoback/http/language.hpp"
#include "dontgoback/http/request.hpp"

// Where a session is: what its member is shown of it, and no more than that is kept.
namespace dontgoback::core::sessions {

class DeviceMails;

/// The browser in which a session begins or goes on.
struct Where {
  std::string device;   ///< as http::device_of says
  std::string address;  ///< as shortened says
  http::Language language = http::Language::ko;
  const DeviceMails* mails = nullptr;  ///< tell of a device that is new; null: nobody does
};

/// The network of an address: `192.0.2.0/24`, `2001:db8:1::/48`; "" for what is no address.
std::string shortened(std::string_view address);

/// Without mails.
Where where_of(const http::Request& request);

}  // namespace dontgoback::core::sessions
