/**
 * Serves the Node.js language protocol. It lets programs share processes, and replaces `pulumi-language-nodejs` where the Pulumi CLI
 * was built from Go modules and does not include it. The engine attaches to it through `PULUMI_DEBUG_LANGUAGES`. `programs.ts` runs
 * programs; `pack-plugin.ts` runs policy packs, where the engine does not start them from the PATH.
 */
import { createRequire } from "node:module";
import path from "node:path";
import * as grpc from "@grpc/grpc-js";
import type {
  GetRequiredPackagesRequest,
  LanguageHandshakeRequest,
  ProgramInfo,
  RunRequest,
} from "@pulumi/pulumi/proto/language_pb.js";
import { openEngineLog } from "./engine-log.ts";
import { serveOnLoopback } from "./loopback.ts";
import { runPack } from "./pack-plugin.ts";
import type { ProgramRun } from "./program.ts";
import { openPrograms } from "./programs.ts";

const require = createRequire(import.meta.url);
const language = require("@pulumi/pulumi/proto/language_pb.js");
const service = require("@pulumi/pulumi/proto/language_grpc_pb.js");
const plugin = require("@pulumi/pulumi/proto/plugin_pb.js");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb.js");

/** The exit code of `@pulumi/pulumi/cmd/run` after it has shown the error to the user. */
const ERROR_ALREADY_SHOWN = 32;

export interface LanguageHost {
  readonly port: number;
  stop(): void;
}

export interface LanguageHostOptions {
  /**
   * Whether reusable programs share processes. Loaded code does not change, so a host that outlives a command must not reuse
   * processes.
   */
  readonly reuse: boolean;
  /** The environment variables of the programs. */
  readonly variables: NodeJS.ProcessEnv;
}

/** Starts the host on a free loopback port. One host serves any number of engines. */
export async function startLanguageHost({
  reuse,
  variables,
}: LanguageHostOptions): Promise<LanguageHost> {
  // The engine sends its address only in the handshake, so it is stored by connection.
  const engines = new Map<string, string>();
  const programs = openPrograms(variables);
  const isShared = (info: ProgramInfo | undefined) => reuse && isReusable(info);

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
    // The engine calls this before it starts the policy pack and then runs the program.
    getRequiredPackages(call: Unary<GetRequiredPackagesRequest>, reply: Reply) {
      const info = call.request.getInfo();
      programs.prepare(call.getPeer(), isShared(info) ? entryOf(info, "") : undefined);
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
      programs.cancel(call.getPeer());
      reply(null, new Empty());
    },
    runPlugin: runPack,
    installDependencies(call: grpc.ServerWritableStream<unknown, unknown>) {
      call.end();
    },
    async run(call: Unary<RunRequest>, reply: Reply) {
      const peer = call.getPeer();
      const engine = engines.get(peer) ?? "";
      const log = openEngineLog(engine);
      try {
        const { code, signal } = await programs.run(
          peer,
          runOf(call.request, engine, isShared(call.request.getInfo())),
          log.write,
        );
        const response = new language.RunResponse();
        if (code === ERROR_ALREADY_SHOWN) response.setBail(true);
        else if (code !== 0) response.setError(`program ended with ${code ?? signal}`);
        await log.close();
        reply(null, response);
      } catch (error) {
        reply({ code: grpc.status.INTERNAL, details: String(error) });
      }
    },
  });

  const port = await serveOnLoopback(server);
  return {
    port,
    stop: () => {
      programs.stop();
      server.forceShutdown();
    },
  };
}

type Unary<T> = grpc.ServerUnaryCall<T, unknown>;
type Reply = (error: Partial<grpc.StatusObject> | null, response?: unknown) => void;

function answer(response: () => unknown): (call: unknown, reply: Reply) => void {
  return (_call, reply) => reply(null, response());
}

function runOf(request: RunRequest, engine: string, reusable: boolean): ProgramRun {
  const info = request.getInfo();
  return {
    reusable,
    settings: {
      monitor: request.getMonitorAddress(),
      engine,
      organization: request.getOrganization(),
      project: request.getProject(),
      stack: request.getStack(),
      pwd: request.getPwd(),
      "root-directory": info?.getRootDirectory() ?? request.getPwd(),
      parallel: String(request.getParallel()),
      "dry-run": request.getDryrun(),
    },
    program: entryOf(info, request.getPwd()),
    args: request.getArgsList(),
    cwd: request.getPwd(),
    env: {
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    },
  };
}

/** Whether Pulumi.yaml has `reusable: true` among the options of the runtime. */
function isReusable(info: ProgramInfo | undefined): boolean {
  return info?.getOptions()?.toJavaScript().reusable === true;
}

function entryOf(info: ProgramInfo | undefined, folder: string): string {
  return path.resolve(info?.getProgramDirectory() ?? folder, info?.getEntryPoint() ?? ".");
}
