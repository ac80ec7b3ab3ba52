#pragma once

#include "dontgoback/http/cookies.hpp"
#include "dontgoback/http/request.hpp"
#include "dontgoback/http/response.hpp"
#include "sign_in/handlers.hpp"
#include "sign_in/providers/provider.hpp"

// One function for each route of sign-in with a provider; providers/routes.cpp says which.
namespace dontgoback::core::sign_in {

/// What handlers need besides.
struct ProviderSignIn {
  SignIn base;
  const OpenIdSignIns& providers;
  http::CookieRules cookies;
};

// On the way to a provider and back.
http::Response begin_sign_in(const ProviderSignIn& sign_in, const http::Request& request);
/// The provider's page sends a form, without the cookies that say who somebody is: what it brings is kept for our own
/// page, which the browser goes on to.
http::Response take_form(const ProviderSignIn& sign_in, const http::Request& request);
http::Response come_back(const ProviderSignIn& sign_in, const http::Request& request);

/// What a provider's server tells of persons, whoever sends it: its signature counts.
http::Response take_notification(const ProviderSignIn& sign_in, const http::Request& request);

// Of a signed-in member.
http::Response begin_linking(const ProviderSignIn& sign_in, const http::Request& request);
http::Response list_identities(const ProviderSignIn& sign_in, const http::Request& request);
http::Response remove_identity(const ProviderSignIn& sign_in, const http::Request& request);

}  // namespace dontgoback::core::sign_in
