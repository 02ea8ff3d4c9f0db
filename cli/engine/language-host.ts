/**
 * The Node.js language protocol, for a Pulumi CLI that was built from Go modules and so comes without
 * `pulumi-language-nodejs`. The engine attaches to it through `PULUMI_DEBUG_LANGUAGES`. It starts programs with the entry
 * point that `@pulumi/pulumi` ships; nothing of the SDK is replaced. Policy packs do not come this way: the engine starts
 * `pulumi-analyzer-policy-nodejs` from the PATH.
 */
import type { ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import * as grpc from "@grpc/grpc-js";
import type { LanguageHandshakeRequest, RunRequest } from "@pulumi/pulumi/proto/language_pb.js";
import { openEngineLog } from "./engine-log.ts";
import { serveOnLoopback } from "./loopback.ts";
import { type Program, type ProgramRun, startProgram } from "./program.ts";

const require = createRequire(import.meta.url);
const language = require("@pulumi/pulumi/proto/language_pb.js");
const service = require("@pulumi/pulumi/proto/language_grpc_pb.js");
const plugin = require("@pulumi/pulumi/proto/plugin_pb.js");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb.js");

/** Exit code by which `@pulumi/pulumi/cmd/run` says that it has already shown the error to the user. */
const ERROR_ALREADY_SHOWN = 32;

export interface LanguageHost {
  readonly port: number;
  stop(): void;
}

/** Starts the host on a free loopback port. One host serves any number of engines at once. */
export async function startLanguageHost(): Promise<LanguageHost> {
  // The engine gives its address once, when it shakes hands, so it is remembered by connection.
  const engines = new Map<string, string>();
  const programs = new Map<ChildProcess, string>();
  // Programs that the engine is about to run, by connection.
  const waiting = new Map<string, Program>();

  const prepare = (peer: string): void => {
    if (waiting.has(peer)) return;
    const program = startProgram();
    waiting.set(peer, program);
    // One that died or was not used in time is started again, and then says why.
    const forget = () => waiting.get(peer) === program && waiting.delete(peer);
    program.process.once("error", forget).once("exit", forget);
  };

  const server = new grpc.Server({ "grpc.max_receive_message_length": -1 });
  server.addService(service.LanguageRuntimeService, {
    handshake(call: Unary<LanguageHandshakeRequest>, reply: Reply) {
      engines.set(call.getPeer(), call.request.getEngineAddress());
      reply(null, new language.LanguageHandshakeResponse());
    },
    getPluginInfo(_call: unknown, reply: Reply) {
      const info = new plugin.PluginInfo();
      info.setVersion("0.0.0");
      reply(null, info);
    },
    // The engine asks this of programs that it is going to run, and boots the policy pack next.
    getRequiredPackages(call: Unary<unknown>, reply: Reply) {
      prepare(call.getPeer());
      reply(null, new language.GetRequiredPackagesResponse());
    },
    getRequiredPlugins: answer(() => new language.GetRequiredPluginsResponse()),
    getProgramDependencies: answer(() => new language.GetProgramDependenciesResponse()),
    runtimeOptionsPrompts: answer(() => new language.RuntimeOptionsResponse()),
    about(_call: unknown, reply: Reply) {
      const about = new language.AboutResponse();
      about.setExecutable(process.execPath);
      about.setVersion(process.version);
      reply(null, about);
    },
    cancel(call: Unary<unknown>, reply: Reply) {
      for (const [program, peer] of programs) if (peer === call.getPeer()) program.kill("SIGTERM");
      waiting.get(call.getPeer())?.process.kill("SIGTERM");
      reply(null, new Empty());
    },
    installDependencies(call: grpc.ServerWritableStream<unknown, unknown>) {
      call.end();
    },
    run(call: Unary<RunRequest>, reply: Reply) {
      const peer = call.getPeer();
      const engine = engines.get(peer) ?? "";
      const prepared = waiting.get(peer) ?? startProgram();
      waiting.delete(peer);
      prepared.run(runOf(call.request, engine));
      const program = prepared.process;
      const log = openEngineLog(engine);
      programs.set(program, peer);
      program.stdout?.setEncoding("utf8").on("data", log.write);
      program.stderr?.setEncoding("utf8").on("data", log.write);
      program.once("error", (error) =>
        reply({ code: grpc.status.INTERNAL, details: error.message }),
      );
      program.once("close", async (code, signal) => {
        programs.delete(program);
        await log.close();
        const response = new language.RunResponse();
        if (code === ERROR_ALREADY_SHOWN) response.setBail(true);
        else if (code !== 0) response.setError(`program ended with ${code ?? signal}`);
        reply(null, response);
      });
    },
  });

  const port = await serveOnLoopback(server);
  return {
    port,
    stop: () => {
      for (const program of programs.keys()) program.kill("SIGTERM");
      for (const { process } of waiting.values()) process.kill("SIGTERM");
      server.forceShutdown();
    },
  };
}

type Unary<T> = grpc.ServerUnaryCall<T, unknown>;
type Reply = (error: Partial<grpc.StatusObject> | null, response?: unknown) => void;

function answer(response: () => unknown): (call: unknown, reply: Reply) => void {
  return (_call, reply) => reply(null, response());
}

function runOf(request: RunRequest, engine: string): ProgramRun {
  return {
    args: runArguments(request, engine),
    cwd: request.getPwd(),
    env: {
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    },
  };
}

function runArguments(request: RunRequest, engine: string): string[] {
  const info = request.getInfo();
  const flags: Record<string, string> = {
    monitor: request.getMonitorAddress(),
    engine,
    organization: request.getOrganization(),
    project: request.getProject(),
    stack: request.getStack(),
    pwd: request.getPwd(),
    "root-directory": info?.getRootDirectory() ?? request.getPwd(),
    parallel: String(request.getParallel()),
  };
  return [
    ...Object.entries(flags).map(([name, value]) => `--${name}=${value}`),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    path.resolve(info?.getProgramDirectory() ?? request.getPwd(), info?.getEntryPoint() ?? "."),
    ...request.getArgsList(),
  ];
}
