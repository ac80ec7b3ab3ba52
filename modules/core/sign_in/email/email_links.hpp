#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "dontgoback/http/language.hpp"
#include "dontgoback/jobs/outbox.hpp"
#include "dontgoback/storage/database.hpp"
#include "sign_in/arrival.hpp"

// Sign-in by a link in a mail. It signs in the browser that asked for it, once; in another one it shows a code of six
// digits, to be typed in the browser that asked.
namespace dontgoback::core::sign_in {

inline constexpr std::chrono::minutes kEmailLinkLife{15};
/// Of typing the code. Every link that the browser asked for loses one by a wrong code.
inline constexpr int kCodeTries = 5;

/// What a browser asks for.
struct EmailLinkWish {
  std::string email;            ///< of mail::is_address, in lower case
  std::string browser;          ///< the opaque token of its cookie
  std::optional<UserId> guest;  ///< whose posts come along
  http::Language language;
};

/// What asking needs.
struct EmailLinks {
  storage::Database& database;
  jobs::Outbox& outbox;
  std::string public_url;
  SignUp sign_up;
};

/// Writes the link and its mail, in one transaction. The same work whether the address is a member's or nobody's.
/// Returns when it ends.
time::Timestamp ask_for_email_link(const EmailLinks& links, const EmailLinkWish& wish, time::Timestamp now);

/// Where a link is opened. Nothing for a bad, used or expired one. Changes nothing.
enum class Opened { where_it_was_asked_for, elsewhere };
std::optional<Opened> open_email_link(storage::Database& database, std::string_view token, std::string_view browser,
                                      time::Timestamp now);

/// The six digits of a link that is opened elsewhere, which may be typed from now on: it signs nobody in and uses
/// nothing up. Nothing for a bad, used or expired link.
std::optional<std::string> show_email_code(storage::Database& database, std::string_view token, time::Timestamp now);

/// Who arrives by a link or a code.
struct Traveller {
  std::string_view browser;  ///< the token of its cookie; not checked
  Visitor visitor;
};

/// Uses the link up. Nothing, and nothing is used up, for a bad, used or expired link and in another browser than the
/// one that asked.
std::optional<Arrived> use_email_link(const EmailLinks& links, const accounts::LifeCycle& life_cycle,
                                      std::string_view token, const Traveller& traveller, time::Timestamp now);

enum class CodeProblem {
  wrong,  ///< it may be tried again
  over,   ///< no link of the browser can be used any more
};
struct CodeVerdict {
  std::optional<Arrived> arrived;
  CodeProblem problem = CodeProblem::wrong;  ///< when nobody has
  int tries_left = 0;
};
/// Uses up the link whose code it is. A code counts only after somebody asked for it by the link, so that nobody
/// guesses at links that lie in somebody's mail, unopened or opened by a scanner.
CodeVerdict use_email_code(const EmailLinks& links, const accounts::LifeCycle& life_cycle, std::string_view code,
                           const Traveller& traveller, time::Timestamp now);

}  // namespace dontgoback::core::sign_in
