/** Sends a program's output to the engine, which shows it as it does for language hosts that it starts itself. */
import { createRequire } from "node:module";
import * as grpc from "@grpc/grpc-js";

const require = createRequire(import.meta.url);
const { LogRequest, LogSeverity } = require("@pulumi/pulumi/proto/engine_pb.js");
const { EngineClient } = require("@pulumi/pulumi/proto/engine_grpc_pb.js");

export interface EngineLog {
  write(text: string): void;
  /** Resolves when the engine has received everything. */
  close(): Promise<void>;
}

/** @param address the engine's, from the handshake */
export function openEngineLog(address: string): EngineLog {
  const engine = new EngineClient(address, grpc.credentials.createInsecure());
  const pending = new Set<Promise<void>>();
  let line = "";

  const send = (message: string): void => {
    const request = new LogRequest();
    request.setSeverity(LogSeverity.INFO);
    request.setMessage(message);
    // An engine that has ended needs no log; its end is reported elsewhere.
    const sent = new Promise<void>((resolve) => engine.log(request, () => resolve()));
    pending.add(sent);
    void sent.then(() => pending.delete(sent));
  };

  return {
    write: (text) => {
      const lines = (line + text).split("\n");
      line = lines.pop() ?? "";
      for (const each of lines) send(`${each}\n`);
    },
    close: async () => {
      if (line !== "") send(line);
      await Promise.all(pending);
      engine.close();
    },
  };
}
