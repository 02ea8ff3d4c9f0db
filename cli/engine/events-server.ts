/** Receives the engine's events, which it streams to the address in `--event-log`. */
import { createRequire } from "node:module";
import * as grpc from "@grpc/grpc-js";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import type { EventRequest } from "@pulumi/pulumi/proto/events_pb.js";
import { newServer, serveOnLoopback } from "../../simulator/loopback.ts";

const require = createRequire(import.meta.url);
const { EventsService } = require("@pulumi/pulumi/proto/events_grpc_pb.js");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb.js");

export interface EventsServer {
  /** The value for `--event-log`. */
  readonly address: string;
  /** Why an event could not be used; undefined when all could. */
  fault(): string | undefined;
  stop(): void;
}

/**
 * Serves one engine on a free loopback port and passes on its events in order. Only the first stream is accepted. An event that is not
 * one, or that `onEvent` cannot use, is left out and reported by `fault`: the engine must be able to end what it has started.
 */
export async function startEventsServer(
  onEvent: (event: EngineEvent) => void,
): Promise<EventsServer> {
  const server = newServer();
  let taken = false;
  let fault: string | undefined;
  const take = (text: string): void => {
    try {
      onEvent(parseEvent(text));
    } catch (error) {
      fault ??= error instanceof Error ? (error.stack ?? error.message) : String(error);
    }
  };
  server.addService(EventsService, {
    streamEvents(
      call: grpc.ServerReadableStream<EventRequest, unknown>,
      reply: grpc.sendUnaryData<unknown>,
    ) {
      // A killed engine breaks off its stream; its exit code reports that.
      call.on("error", () => undefined);
      if (taken) {
        reply({
          code: grpc.status.ALREADY_EXISTS,
          details: "another engine sends its events here",
        });
        return;
      }
      taken = true;
      call.on("data", (request: EventRequest) => take(request.getEvent()));
      call.on("end", () => reply(null, new Empty()));
    },
  });
  const { port, stop } = await serveOnLoopback(server);
  return { address: `tcp://127.0.0.1:${port}`, fault: () => fault, stop };
}

function parseEvent(text: string): EngineEvent {
  const event: unknown = JSON.parse(text);
  if (typeof event !== "object" || event === null || Array.isArray(event))
    throw new TypeError(`an event must be an object: ${text.slice(0, 80)}`);
  return event as EngineEvent;
}
