#include "user_json.hpp"

#include "email.hpp"

namespace dontgoback::core::accounts {

void write_user(json::Writer& writer, const Account& account, Email email) {
  writer.begin_object();
  writer.field("userId", account.id);
  writer.field("email", email == Email::shown ? masked_email(account) : std::nullopt);
  writer.field("profileVisibility", "PUBLIC");
  writer.field("userName", account.name());
  writer.field("userType", to_string(account.type()));
  writer.field("userRole", to_string(account.role));
  writer.end_object();
}

}  // namespace dontgoback::core::accounts
