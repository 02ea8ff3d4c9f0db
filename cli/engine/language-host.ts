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
import { newServer, serveOnLoopback } from "../../simulator/loopback.ts";
import { openEngineLog } from "./engine-log.ts";
import { type OwnCode, packRefusal, programRefusal } from "./own-code.ts";
import { packFolder, runPack } from "./pack-plugin.ts";
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
  /** The environment variables of programs and packs. */
  readonly variables: NodeJS.ProcessEnv;
  /** What the host runs; it refuses anything else. */
  readonly own: OwnCode;
}

/** Starts the host on a free loopback port, for this user only. One host serves any number of engines. */
export async function startLanguageHost({
  reuse,
  variables,
  own,
}: LanguageHostOptions): Promise<LanguageHost> {
  // The engine sends its address only in the handshake, so it is stored by connection.
  const engines = new Map<string, string>();
  const programs = openPrograms(variables);
  const isShared = (info: ProgramInfo | undefined) => reuse && isReusable(info);

  const answerOf = async (call: Unary<RunRequest>): Promise<unknown> => {
    const peer = call.getPeer();
    const engine = engines.get(peer);
    const asked = runOf(call.request, engine ?? "", isShared(call.request.getInfo()));
    const response = new language.RunResponse();
    const refused = programRefusal(asked, own);
    if (refused !== undefined || engine === undefined) {
      response.setError(refused ?? "the engine must introduce itself with a handshake");
      return response;
    }
    const log = openEngineLog(engine);
    try {
      const { code, signal } = await programs.run(peer, asked, log.write);
      if (code === ERROR_ALREADY_SHOWN) response.setBail(true);
      else if (code !== 0) response.setError(programEnd(code, signal));
    } finally {
      await log.close();
    }
    return response;
  };

  const server = newServer();
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
      const entry = isShared(info) ? entryOf(info, "") : undefined;
      if (entry === undefined || entry === own.main) programs.prepare(call.getPeer(), entry);
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
    runPlugin(call: PluginCall) {
      const refused = packRefusal(packFolder(call.request), own);
      if (refused !== undefined)
        call.emit("error", { code: grpc.status.PERMISSION_DENIED, details: refused });
      else runPack(call, variables);
    },
    installDependencies(call: grpc.ServerWritableStream<unknown, unknown>) {
      call.end();
    },
    async run(call: Unary<RunRequest>, reply: Reply) {
      try {
        reply(null, await answerOf(call));
      } catch (error) {
        reply({ code: grpc.status.INTERNAL, details: String(error) });
      }
    },
  });

  const { port, stop } = await serveOnLoopback(server);
  return {
    port,
    stop: () => {
      programs.stop();
      stop();
    },
  };
}

/** The error of a program that did not report one itself; `errors.ts` reads it. */
export function programEnd(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null
    ? `program ended with exit code ${code}`
    : `program was killed by ${signal}`;
}

type PluginCall = Parameters<typeof runPack>[0];
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
