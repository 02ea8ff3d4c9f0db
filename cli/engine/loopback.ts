import * as grpc from "@grpc/grpc-js";

/** Binds a gRPC server to a free port that only this machine can reach, and returns the port. */
export function serveOnLoopback(server: grpc.Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    );
  });
}
