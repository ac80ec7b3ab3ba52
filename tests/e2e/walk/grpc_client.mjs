// npm's @grpc/grpc-js, told what to do by lines of JSON: {"do": …}. Each is answered by a line.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import grpc from "@grpc/grpc-js";
import loader from "@grpc/proto-loader";

const require = createRequire(import.meta.url);
const OTHERS = {
  health: () => join(dirname(require.resolve("grpc-health-check/package.json")), "proto/health/v1/health.proto"),
  reflection: () => join(dirname(require.resolve("@grpc/reflection/package.json")), "build/proto/grpc/reflection/v1alpha/reflection.proto"),
};

const clients = new Map();
const streams = new Map();

function metadata({ token, authorization }) {
  const entries = new grpc.Metadata();
  for (const each of authorization ?? (token ? [`Bearer ${token}`] : [])) entries.add("authorization", each);
  return entries;
}

const outcome = (error) => ({ code: error?.code ?? 0, details: error?.details ?? "" });

// What came of a stream, in order, and who waits for the next.
class Stream {
  constructor(call) {
    this.call = call;
    this.came = [];
    this.waits = null;
    call.on?.("data", (message) => this.add({ message }));
    call.on?.("status", (status) => this.add(outcome(status)));
    call.on?.("error", () => {});  // the status says it
  }
  add(event) {
    if (this.waits) this.waits(event);
    else this.came.push(event);
    this.waits = null;
  }
  // Nothing, {}, when none comes in time.
  next(limit) {
    if (this.came.length) return this.came.shift();
    return new Promise((resolve) => {
      const late = limit && setTimeout(() => {
        this.waits = null;
        resolve({});
      }, limit);
      this.waits = (event) => {
        clearTimeout(late);
        resolve(event);
      };
    });
  }
}

const doing = {
  connect({ name, proto, service, address, ca, options }) {
    const definition = loader.loadSync(OTHERS[proto]?.() ?? proto, { keepCase: true, longs: Number, enums: String, defaults: true });
    const Service = service.split(".").reduce((found, part) => found[part], grpc.loadPackageDefinition(definition));
    const credentials = ca ? grpc.credentials.createSsl(readFileSync(ca)) : grpc.credentials.createInsecure();
    clients.set(name, new Service(address, credentials, { "grpc.use_local_subchannel_pool": 1, ...options }));
    return {};
  },
  disconnect({ name }) {
    clients.get(name).close();
    return {};
  },
  call({ client, method, request, limit = 20_000, ...who }) {
    return new Promise((resolve) => {
      clients.get(client)[method](request, metadata(who), limit ? { deadline: Date.now() + limit } : {}, (error, answer) =>
        resolve({ ...outcome(error), answer }));
    });
  },
  open({ client, stream, method, request, limit = 60_000, ...who }) {
    const definition = clients.get(client)[method];
    const options = limit ? { deadline: Date.now() + limit } : {};
    if (definition.requestStream && !definition.responseStream) {
      const opened = new Stream({});
      opened.call = clients.get(client)[method](metadata(who), options, (error, answer) =>
        opened.add({ ...outcome(error), answer }));
      streams.set(stream, opened);
    } else if (definition.requestStream) {
      streams.set(stream, new Stream(clients.get(client)[method](metadata(who), options)));
    } else {
      streams.set(stream, new Stream(clients.get(client)[method](request, metadata(who), options)));
    }
    return {};
  },
  write({ stream, message }) {
    streams.get(stream).call.write(message);
    return {};
  },
  close({ stream }) {
    streams.get(stream).call.end();
    return {};
  },
  cancel({ stream }) {
    streams.get(stream).call.cancel();
    return {};
  },
  next: ({ stream, limit }) => streams.get(stream).next(limit),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { do: what, ...told } = JSON.parse(line);
  process.stdout.write(JSON.stringify(await doing[what](told)) + "\n");
}
process.exit(0);
