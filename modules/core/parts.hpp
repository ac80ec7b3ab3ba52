#pragma once

#include "accounts/accounts.hpp"
#include "assets/assets.hpp"
#include "feed/feed.hpp"
#include "idempotency/idempotency.hpp"
#include "leaving/leaving.hpp"
#include "moderation/moderation.hpp"
#include "notifications/notifications.hpp"
#include "passkeys/passkeys.hpp"
#include "people/people.hpp"
#include "popular/popular.hpp"
#include "push_subscriptions/push_subscriptions.hpp"
#include "relations/relations.hpp"
#include "search/search.hpp"
#include "sessions/sessions.hpp"
#include "sharing/sharing.hpp"
#include "sign_in/sign_in.hpp"

namespace dontgoback::core {

/// Who hears of what becomes of accounts: the same for a node that serves and for every command. The feed comes first
/// of those that write much: it locks what others write to. Search looks at what is there before it is removed.
struct Parts {
  accounts::Directory directory{assets::fortunes()};
  accounts::LifeCycle life_cycle{{&search::subscriber(), &feed::subscriber(), &notifications::subscriber(),
                                  &moderation::subscriber(), &push_subscriptions::subscriber(),
                                  &relations::subscriber(), &assets::subscriber(), &sign_in::subscriber(),
                                  &people::subscriber(), &passkeys::subscriber(), &leaving::subscriber(),
                                  &sessions::subscriber(), &idempotency::subscriber()}};
  /// Remembers what readers turn away.
  feed::Readers readers;
  /// Who hears of what is said and liked.
  feed::Listeners listeners{&notifications::listener(), &moderation::listener(), &search::listener(),
                            &popular::listener()};
  /// Who hears that somebody turns away from somebody.
  relations::Listeners turnings{&notifications::turnings()};
};

}  // namespace dontgoback::core
