// What npm's web-push, and what it is made of, makes of a push: standard input has the request and the browser's keys, standard
// output what was in it.
import { createECDH, createPublicKey } from "node:crypto";
import ece from "http_ece";
import jws from "jws";
import webpush from "web-push";

let input = "";
for await (const chunk of process.stdin) input += chunk;
const push = JSON.parse(input);

const browser = createECDH("prime256v1");
browser.setPrivateKey(Buffer.from(push.privateKey, "base64url"));
const content = ece.decrypt(Buffer.from(push.body, "base64url"), {
  version: "aes128gcm",
  privateKey: browser,
  authSecret: push.auth,
});

const { t: token, k: key } = Object.fromEntries(
  push.headers.authorization.replace(/^vapid /, "").split(", ").map((part) => part.split(/=(.*)/s, 2)),
);
const raw = Buffer.from(key, "base64url");
const pem = createPublicKey({
  key: { kty: "EC", crv: "P-256", x: raw.subarray(1, 33).toString("base64url"), y: raw.subarray(33).toString("base64url") },
  format: "jwk",
}).export({ type: "spki", format: "pem" });

// The same push as web-push would send it, with a key of its own.
const own = webpush.generateVAPIDKeys();
const alike = webpush.generateRequestDetails(
  { endpoint: push.endpoint, keys: { p256dh: push.p256dh, auth: push.auth } },
  content.toString(),
  {
    TTL: Number(push.headers.ttl),
    urgency: push.headers.urgency,
    topic: push.headers.topic,
    vapidDetails: { subject: push.subject, publicKey: own.publicKey, privateKey: own.privateKey },
  },
);
const claims_of = (jwt) => {
  const { payload } = jws.decode(jwt);
  return typeof payload === "string" ? JSON.parse(payload) : payload;
};

process.stdout.write(
  JSON.stringify({
    content: JSON.parse(content),
    genuine: jws.verify(token, "ES256", pem),
    claims: claims_of(token),
    alike: {
      method: alike.method,
      headers: Object.fromEntries(Object.entries(alike.headers).map(([name, value]) => [name.toLowerCase(), String(value)])),
      claims: claims_of(alike.headers.Authorization.match(/t=([^,]+)/)[1]),
      body: alike.body.toString("base64url"),
    },
  }),
);
