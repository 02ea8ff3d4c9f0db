/** Receives the engine's events, which it streams to the address in `--event-log`. */
import { createRequire } from "node:module";
import * as grpc from "@grpc/grpc-js";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import type { EventRequest } from "@pulumi/pulumi/proto/events_pb.js";
import { serveOnLoopback } from "./loopback.ts";

const require = createRequire(import.meta.url);
const { EventsService } = require("@pulumi/pulumi/proto/events_grpc_pb.js");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb.js");

export interface EventsServer {
  /** The value for `--event-log`. */
  readonly address: string;
  stop(): void;
}

/** Serves one engine on a free loopback port and passes on its events in order. */
export async function startEventsServer(
  onEvent: (event: EngineEvent) => void,
): Promise<EventsServer> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1 });
  server.addService(EventsService, {
    streamEvents(
      call: grpc.ServerReadableStream<EventRequest, unknown>,
      reply: grpc.sendUnaryData<unknown>,
    ) {
      call.on("data", (request: EventRequest) => onEvent(JSON.parse(request.getEvent())));
      call.on("end", () => reply(null, new Empty()));
      // A killed engine breaks off its stream; its exit code reports that.
      call.on("error", () => undefined);
    },
  });
  const port = await serveOnLoopback(server);
  return { address: `tcp://127.0.0.1:${port}`, stop: () => server.forceShutdown() };
}
