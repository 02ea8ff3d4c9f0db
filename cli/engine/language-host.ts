/**
 * The Node.js language protocol, for a Pulumi CLI that was built from Go modules and so comes without
 * `pulumi-language-nodejs`. The engine attaches to it through `PULUMI_DEBUG_LANGUAGES`. It starts programs and policy packs
 * with the entry points that `@pulumi/pulumi` ships; nothing of the SDK is replaced.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import * as grpc from "@grpc/grpc-js";
import type {
  LanguageHandshakeRequest,
  RunPluginRequest,
  RunRequest,
} from "@pulumi/pulumi/proto/language_pb.js";

const require = createRequire(import.meta.url);
const language = require("@pulumi/pulumi/proto/language_pb.js");
const service = require("@pulumi/pulumi/proto/language_grpc_pb.js");
const plugin = require("@pulumi/pulumi/proto/plugin_pb.js");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb.js");

/** Exit code by which `@pulumi/pulumi/cmd/run` says that it has already shown the error to the user. */
const ERROR_ALREADY_SHOWN = 32;

export interface LanguageHost {
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts the host on a free loopback port. */
export async function startLanguageHost(): Promise<LanguageHost> {
  const children = new Set<ChildProcess>();
  // One process serves every engine, so the engine's address is remembered by the connection it shook hands on.
  const engines = new Map<string, string>();

  const start = (args: string[], cwd: string, env: NodeJS.ProcessEnv): ChildProcess => {
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", ...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    children.add(child);
    child.once("exit", () => children.delete(child));
    return child;
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
    getRequiredPackages(_call: unknown, reply: Reply) {
      reply(null, new language.GetRequiredPackagesResponse());
    },
    getRequiredPlugins(_call: unknown, reply: Reply) {
      reply(null, new language.GetRequiredPluginsResponse());
    },
    getProgramDependencies(_call: unknown, reply: Reply) {
      reply(null, new language.GetProgramDependenciesResponse());
    },
    runtimeOptionsPrompts(_call: unknown, reply: Reply) {
      reply(null, new language.RuntimeOptionsResponse());
    },
    about(_call: unknown, reply: Reply) {
      const about = new language.AboutResponse();
      about.setExecutable(process.execPath);
      about.setVersion(process.version);
      reply(null, about);
    },
    cancel(_call: unknown, reply: Reply) {
      for (const child of children) child.kill("SIGTERM");
      reply(null, new Empty());
    },
    installDependencies(call: grpc.ServerWritableStream<unknown, unknown>) {
      call.end();
    },
    run(call: Unary<RunRequest>, reply: Reply) {
      const request = call.request;
      const child = start(runArguments(request, engines.get(call.getPeer())), request.getPwd(), {
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
      });
      child.stdout?.pipe(process.stdout, { end: false });
      child.stderr?.pipe(process.stderr, { end: false });
      child.once("error", (error) => reply({ code: grpc.status.INTERNAL, details: error.message }));
      child.once("close", (code, signal) => {
        const response = new language.RunResponse();
        if (code === ERROR_ALREADY_SHOWN) response.setBail(true);
        else if (code !== 0) response.setError(`program ended with ${code ?? signal}`);
        reply(null, response);
      });
    },
    runPlugin(call: grpc.ServerWritableStream<RunPluginRequest, unknown>) {
      const request = call.request;
      if (request.getKind() !== "analyzer") {
        call.emit("error", {
          code: grpc.status.UNIMPLEMENTED,
          details: `this language host runs policy packs only, not ${request.getKind()} plugins`,
        });
        return;
      }
      const env = Object.fromEntries(request.getEnvList().map((pair) => pair.split(/=(.*)/s, 2)));
      const entry = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
      const child = start([entry, ...request.getArgsList()], request.getPwd(), env);
      const forward = (set: "setStdout" | "setStderr") => (bytes: Buffer) => {
        const response = new language.RunPluginResponse();
        response[set](bytes);
        call.write(response);
      };
      child.stdout?.on("data", forward("setStdout"));
      child.stderr?.on("data", forward("setStderr"));
      child.once("close", (code) => {
        const response = new language.RunPluginResponse();
        response.setExitcode(code ?? 1);
        call.write(response);
        call.end();
      });
      call.once("cancelled", () => child.kill("SIGTERM"));
    },
  });

  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return {
    port,
    stop: () => {
      for (const child of children) child.kill("SIGTERM");
      server.forceShutdown();
      return Promise.resolve();
    },
  };
}

type Unary<T> = grpc.ServerUnaryCall<T, unknown>;
type Reply = (error: Partial<grpc.StatusObject> | null, response?: unknown) => void;

function runArguments(request: RunRequest, engine: string | undefined): string[] {
  const info = request.getInfo();
  const flags: Record<string, string> = {
    monitor: request.getMonitorAddress(),
    engine: engine ?? "",
    organization: request.getOrganization(),
    project: request.getProject(),
    stack: request.getStack(),
    pwd: request.getPwd(),
    "root-directory": info?.getRootDirectory() ?? request.getPwd(),
    parallel: String(request.getParallel()),
  };
  return [
    require.resolve("@pulumi/pulumi/cmd/run"),
    ...Object.entries(flags).map(([name, value]) => `--${name}=${value}`),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    path.resolve(info?.getProgramDirectory() ?? request.getPwd(), info?.getEntryPoint() ?? "."),
    ...request.getArgsList(),
  ];
}
