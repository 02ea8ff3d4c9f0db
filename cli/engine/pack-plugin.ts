/**
 * Runs a policy pack for an engine that asks its language host for one, which it does where the official host is installed. Other
 * engines start the same program from the PATH.
 */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import * as grpc from "@grpc/grpc-js";
import type { RunPluginRequest, RunPluginResponse } from "@pulumi/pulumi/proto/language_pb.js";
import { packProgram } from "./pack.ts";

const require = createRequire(import.meta.url);
const language = require("@pulumi/pulumi/proto/language_pb.js");

type Call = grpc.ServerWritableStream<RunPluginRequest, RunPluginResponse>;

/**
 * Runs the pack until it ends or the engine cancels it.
 *
 * @param variables of the language host; of those that the engine sends, only Pulumi's and the address of a started pack are used
 */
export function runPack(call: Call, variables: NodeJS.ProcessEnv): void {
  const { request } = call;
  if (request.getKind() !== "analyzer") {
    call.emit("error", {
      code: grpc.status.UNIMPLEMENTED,
      details: `atoll does not run plugins of kind ${request.getKind()}: install the official Pulumi CLI and set ATOLL_PLAIN=processes`,
    });
    return;
  }
  const [engine = ""] = request.getArgsList();
  const child = spawn(packProgram, [engine, "."], {
    cwd: packFolder(request),
    env: { ...variables, ...sent(request.getEnvList()) },
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
  });
  const send = (set: (response: RunPluginResponse) => void): void => {
    const response: RunPluginResponse = new language.RunPluginResponse();
    set(response);
    call.write(response);
  };
  child.stdout.on("data", (bytes: Buffer) => send((response) => response.setStdout(bytes)));
  child.stderr.on("data", (bytes: Buffer) => send((response) => response.setStderr(bytes)));
  child.once("error", (error) => call.emit("error", error));
  child.once("close", (code) => {
    send((response) => response.setExitcode(code ?? 1));
    call.end();
  });
  call.once("cancelled", () => child.kill());
}

/** The folder of the requested pack. */
export function packFolder(request: RunPluginRequest): string {
  return request.getInfo()?.getProgramDirectory() ?? "";
}

/** `NAME=value` as variables. */
function sent(list: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    list.flatMap((entry) => {
      const at = entry.indexOf("=");
      const name = entry.slice(0, at);
      return /^(?:PULUMI_.+|ATOLL_PACK_PORT)$/.test(name) ? [[name, entry.slice(at + 1)]] : [];
    }),
  );
}
