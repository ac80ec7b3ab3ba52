#include "user_json.hpp"

#include "email.hpp"

namespace dontgoback::core::accounts {

void write_user(json::Writer& writer, const Account& account, const http::Identity& viewer) {
  const bool sees_email = viewer.user == account.id || viewer.role == http::Role::admin;
  writer.begin_object();
  writer.field("userId", account.id);
  writer.field("email", sees_email ? masked_email(account) : std::nullopt);
  writer.field("profileVisibility", to_string(account.profile));
  writer.field("userName", account.name());
  writer.field("userType", to_string(account.type()));
  writer.field("userRole", to_string(shown_role(account.role, account.id, viewer)));
  writer.end_object();
}

}  // namespace dontgoback::core::accounts
