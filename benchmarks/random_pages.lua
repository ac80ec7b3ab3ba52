-- Pages of ten of a feed, anywhere in it: NEWEST is the newest post's number.
local newest = tonumber(os.getenv("NEWEST"))

function request()
  return wrk.format("GET", "/api/v1/feeds?size=10&lastFeedId=" .. math.random(20, newest))
end
