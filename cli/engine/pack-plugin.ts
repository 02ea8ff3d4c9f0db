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

/** Runs the pack until it ends or the engine cancels it. */
export function runPack(call: Call): void {
  const { request } = call;
  if (request.getKind() !== "analyzer") {
    call.emit("error", {
      code: grpc.status.UNIMPLEMENTED,
      details: `atoll does not run plugins of kind ${request.getKind()}: install the official Pulumi CLI and set ATOLL_PLAIN=processes`,
    });
    return;
  }
  const child = spawn(packProgram, request.getArgsList(), {
    cwd: request.getPwd(),
    env: { ...process.env, ...variables(request.getEnvList()) },
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

/** `NAME=value` as variables. */
function variables(list: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    list.map((entry) => {
      const at = entry.indexOf("=");
      return [entry.slice(0, at), entry.slice(at + 1)];
    }),
  );
}
