-- Posts of one signed-in account; every text is another one.
local count = 0
local prefix = tostring(os.time()) .. "-" .. tostring(math.random(1, 1000000000)) .. "-"
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"

function request()
  count = count + 1
  return wrk.format(nil, nil, nil, '{"content":"오늘의 글 ' .. prefix .. count .. '"}')
end
