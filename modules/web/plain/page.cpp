#include "page.hpp"

namespace dontgoback::web {

const std::string_view kPage = R"html(<!doctype html>
<html lang="ko">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>돈고백</title>
<style>
body { max-width: 42rem; margin: 3rem auto; padding: 0 1rem; font: 1rem/1.6 system-ui, sans-serif; color: #222; }
pre { padding: 1rem; overflow-x: auto; background: #f4f4f4; border-radius: .5rem; font-size: .9rem; }
a { color: #06c; }
</style>
</head>
<body>
<h1>돈고백</h1>
<p>서비스가 실행 중입니다. 매일 새벽 3시에 모두의 재산이 바뀌고, 이름은 그날의 재산입니다.</p>
<p lang="en">The service is running. Every night at three all fortunes change, and a name is the day's fortune.</p>
<h2>둘러보기 <span lang="en">· A short walk</span></h2>
<pre>
# 손님으로 들어오기 · come in as a guest
curl -c jar -X POST $URL/api/guest

# 글쓰기 · write a post
curl -b jar -X POST $URL/api/v1/feeds \
     -H 'Content-Type: application/json' -d '{"content": "안녕하세요"}'

# 읽기 · read
curl -b jar $URL/api/v1/feeds
curl -b jar $URL/api/v1/users/me
</pre>
<p>여기서 <code>$URL</code>은 이 페이지의 주소입니다. <span lang="en"><code>$URL</code> is this page's address.</span></p>
<p><a href="/api/jwks.json">/api/jwks.json</a> — 세션을 확인하는 공개 키 <span lang="en">· the public keys of sessions</span></p>
</body>
</html>
)html";

}  // namespace dontgoback::web
