#include "http/server/host_failure.hpp"

namespace dontgoback::http {
namespace {

Message message_of(int status) {
  switch (status) {
    case 400:
      return {"요청의 형식이 올바르지 않습니다.", "The request is malformed."};
    case 403:
      return {"이 요청은 허용되지 않습니다.", "This request is not allowed."};
    case 404:
      return {"찾을 수 없습니다.", "There is nothing here."};
    case 405:
      return {"허용되지 않는 메서드입니다.", "This method is not allowed here."};
    case 408:
      return {"요청이 제한 시간 안에 도착하지 않았습니다.", "The request did not arrive in time."};
    case 413:
      return {"요청 본문이 너무 큽니다.", "The request body is too large."};
    case 417:
      return {"Expect 헤더를 처리할 수 없습니다.", "This expectation cannot be met."};
    case 421:
      return {"이 주소에서는 그 호스트 이름에 응답하지 않습니다. --management-host로 더할 수 있습니다.",
              "This address does not answer to that host name; --management-host adds one."};
    case 431:
      return {"요청 헤더가 너무 큽니다.", "The request head is too large."};
    case 501:
      return {"지원하지 않는 전송 인코딩입니다.", "This transfer coding is not supported."};
    case 503:
      return {"지금은 요청이 많습니다. 잠시 후 다시 시도해 주세요.", "Busy right now. Please try again in a moment."};
    default:
      return {"서버에서 오류가 발생했습니다.", "Something went wrong on the server."};
  }
}

Message message_of(Unavailable::Effect effect) {
  using Effect = Unavailable::Effect;
  switch (effect) {
    case Effect::too_many:
      return message_of(503);
    case Effect::not_read:
      return {"지금은 서비스가 저장된 내용을 불러올 수 없습니다. 잠시 후 다시 시도해 주세요.",
              "The service cannot read what it has stored right now. Please try again in a moment."};
    case Effect::not_saved:
      return {"지금은 서비스가 저장할 수 없습니다. 아무것도 저장되지 않았으니 잠시 후 다시 시도해 주세요.",
              "The service cannot save right now. Nothing was saved; please try again in a moment."};
    case Effect::perhaps_saved:
      return {"저장하는 도중에 연결이 끊어졌습니다. 저장되었는지 확인한 뒤 다시 시도해 주세요.",
              "The connection was lost while saving. Please check whether it was saved before you try again."};
    case Effect::not_done:
      break;
  }
  return {"지금은 서비스가 이 요청을 처리할 수 없습니다. 잠시 후 다시 시도해 주세요.",
          "The service cannot do this right now. Please try again in a moment."};
}

}  // namespace

Response host_failure(const Request& request, int status) { return envelope(request, status, message_of(status)); }

Response busy(const Request& request) { return host_failure(request, 503).header("Retry-After", "1"); }

Response unavailable(const Request& request, const Unavailable& away) {
  return envelope(request, 503, message_of(away.effect()))
      .header("Retry-After", std::to_string(away.retry_after_seconds()));
}

}  // namespace dontgoback::http
