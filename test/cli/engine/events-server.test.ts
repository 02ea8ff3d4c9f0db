// A client with the engine's protocol. What these tests cannot prove: what an engine does whose stream is refused.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { afterEach, beforeEach, describe, test } from "node:test";
import * as grpc from "@grpc/grpc-js";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { failureOfRun } from "../../../cli/engine/errors.ts";
import { follow } from "../../../cli/engine/events.ts";
import { type EventsServer, startEventsServer } from "../../../cli/engine/events-server.ts";

const require = createRequire(import.meta.url);
const { EventsClient } = require("@pulumi/pulumi/proto/events_grpc_pb.js");
const { EventRequest } = require("@pulumi/pulumi/proto/events_pb.js");

describe("the event server", () => {
  let server: EventsServer;
  const received: EngineEvent[] = [];
  const clients: { close(): void }[] = [];
  beforeEach(async () => {
    received.length = 0;
    server = await startEventsServer((event) => {
      received.push(event);
      if (event.sequence === -1) throw new Error("cannot use it");
    });
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
    server.stop();
  });

  /** Opens a stream, and returns its end. */
  function open() {
    const client = new EventsClient(
      server.address.replace("tcp://", ""),
      grpc.credentials.createInsecure(),
    );
    clients.push(client);
    const ended = Promise.withResolvers<grpc.ServiceError | null>();
    const stream = client.streamEvents((error: grpc.ServiceError | null) => ended.resolve(error));
    stream.on("error", () => undefined);
    const send = (text: string) => {
      const request = new EventRequest();
      request.setEvent(text);
      stream.write(request);
    };
    return { send, end: () => stream.end(), ended: ended.promise };
  }

  test("passes on events in order", async () => {
    const { send, end, ended } = open();
    for (const sequence of [1, 2, 3]) send(JSON.stringify({ sequence, timestamp: 0 }));
    end();
    assert.equal(await ended, null);
    assert.deepEqual(
      received.map(({ sequence }) => sequence),
      [1, 2, 3],
    );
    assert.equal(server.fault(), undefined);
  });

  for (const [what, text] of [
    ["text that is no JSON", "{bad json"],
    ["half a line", '{"sequence": 1'],
    ["nothing", ""],
    ["binary", "\u0000\u0001\u0002"],
    ["no object", "null"],
    ["a list", "[1]"],
    ["an event that its reader cannot use", '{"sequence": -1}'],
  ] as const) {
    test(`takes ${what}, reports it, and goes on`, async () => {
      const { send, end, ended } = open();
      send(text);
      send('{"sequence": 2, "timestamp": 0}');
      end();
      assert.equal(await ended, null);
      assert.equal(received.at(-1)?.sequence, 2);
      assert.ok(server.fault());
    });
  }

  test("accepts one stream, and refuses others without harm to it", async () => {
    const first = open();
    first.send('{"sequence": 1, "timestamp": 0}');
    while (received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const second = open();
    second.send("{bad json");
    second.end();
    assert.equal((await second.ended)?.code, grpc.status.ALREADY_EXISTS);
    first.send('{"sequence": 2, "timestamp": 0}');
    first.end();
    assert.equal(await first.ended, null);
    assert.deepEqual([received.length, server.fault()], [2, undefined]);
  });

  test("makes a run with unreadable events a failure, not a success", () => {
    const run = {
      stack: "local",
      operation: "up" as const,
      succeeded: true,
      progress: follow().progress(),
      seconds: 1,
      ended: { code: 0, signal: null, stdout: "", stderr: "" },
    };
    assert.equal(failureOfRun(run, false), undefined);
    const failure = failureOfRun({ ...run, unread: "SyntaxError" }, false);
    assert.deepEqual([failure?.code, failure?.exitCode], ["engine-broken", 2]);
    assert.match(failure?.cure ?? "", /run the same command again/);
  });
});
