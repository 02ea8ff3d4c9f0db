/** Serves gRPC on the loopback interface to this user only. */
import { type Channel, channel } from "node:diagnostics_channel";
import { createServer, type Socket } from "node:net";
import * as grpc from "@grpc/grpc-js";
import { isOwnConnection } from "./peer.ts";

/** The engine's own limit for a message, in bytes. */
const largestMessage = 400 * 1024 * 1024;

export interface Served {
  readonly port: number;
  /** Closes the port and ends all connections. */
  stop(): void;
}

/** Publishes the socket of every connection that is accepted. */
export const accepted: Channel = channel("atoll:connection");

export function newServer(): grpc.Server {
  return new grpc.Server({
    "grpc.max_receive_message_length": largestMessage,
    "grpc.max_send_message_length": largestMessage,
  });
}

/**
 * Serves on a free port.
 *
 * @param isOwn whether a connection is this user's; undefined where the system does not tell, and it is accepted
 */
export async function serveOnLoopback(
  server: grpc.Server,
  isOwn: (socket: Socket) => boolean | undefined = isOwnConnection,
): Promise<Served> {
  const injector = server.createConnectionInjector(grpc.ServerCredentials.createInsecure());
  const listener = createServer({ noDelay: true }, (socket) => {
    socket.on("error", () => socket.destroy());
    if (isOwn(socket) === false) {
      socket.destroy();
      return;
    }
    accepted.publish({ socket });
    injector.injectConnection(socket);
  });
  await new Promise<void>((resolve, reject) => {
    listener.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  const address = listener.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    stop: () => {
      listener.close();
      server.forceShutdown();
    },
  };
}
