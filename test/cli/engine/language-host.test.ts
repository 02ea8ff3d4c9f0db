// A client with the engine's protocol. What these tests cannot prove: that engines send these folders; deploy.e2e.test.ts does.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import * as grpc from "@grpc/grpc-js";
import { type LanguageHost, startLanguageHost } from "../../../cli/engine/language-host.ts";
import { packRefusal, programRefusal } from "../../../cli/engine/own-code.ts";
import { programVariables } from "../../../cli/engine/program-variables.ts";

const require = createRequire(import.meta.url);
const { LanguageRuntimeClient } = require("@pulumi/pulumi/proto/language_grpc_pb.js");
const pb = require("@pulumi/pulumi/proto/language_pb.js");

describe("a language host", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "atoll-host-"));
  const root = path.join(folder, "own");
  const mark = path.join(folder, "mark");
  const foreign = path.join(folder, "foreign.mjs");
  let host: LanguageHost;
  let client: grpc.Client &
    Record<"run" | "handshake" | "runPlugin", (...args: unknown[]) => never>;
  before(async () => {
    writeFileSync(
      foreign,
      `import { writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(mark)}, "");`,
    );
    host = await startLanguageHost({
      reuse: true,
      variables: { PATH: process.env.PATH },
      own: { root, main: path.join(root, "index.mjs"), packs: [path.join(root, "policies")] },
    });
    client = new LanguageRuntimeClient(`127.0.0.1:${host.port}`, grpc.credentials.createInsecure());
  });
  after(() => {
    client.close();
    host.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const call = (method: "run" | "handshake", request: object) =>
    new Promise<{ getError?: () => string; error?: grpc.ServiceError }>((resolve) =>
      client[method](request, (error: grpc.ServiceError | null, response: object) =>
        resolve(error === null ? response : { error }),
      ),
    );
  const runOf = (program: string) => {
    const info = new pb.ProgramInfo();
    info.setRootDirectory(path.dirname(program));
    info.setProgramDirectory(path.dirname(program));
    info.setEntryPoint(path.basename(program));
    const request = new pb.RunRequest();
    request.setPwd(path.dirname(program));
    request.setInfo(info);
    return request;
  };

  test("refuses a program before its engine has introduced itself", async () => {
    const { getError } = await call("run", runOf(foreign)).then((it) => ({
      getError: it.getError?.bind(it),
    }));
    assert.match(getError?.() ?? "", /runs only|handshake/);
  });

  test("refuses a program that is not its project's, and does not start it", async () => {
    const hello = new pb.LanguageHandshakeRequest();
    hello.setEngineAddress("127.0.0.1:1");
    await call("handshake", hello);
    const response = await call("run", runOf(foreign));
    assert.match(response.getError?.() ?? "", /runs only .*own\/index\.mjs .*asked for .*foreign/);
    assert.equal(existsSync(mark), false);
  });

  test("survives a request without anything in it", async () => {
    const response = await call("run", new pb.RunRequest());
    assert.match(response.getError?.() ?? "", /runs only/);
  });

  test("refuses a policy pack that is not its project's", async () => {
    const request = new pb.RunPluginRequest();
    request.setKind("analyzer");
    const info = new pb.ProgramInfo();
    info.setProgramDirectory(folder);
    request.setInfo(info);
    const stream = client.runPlugin(request) as unknown as grpc.ClientReadableStream<unknown>;
    const error = await new Promise<grpc.ServiceError>((resolve) => {
      stream.on("data", () => undefined).on("error", resolve);
    });
    assert.equal(error.code, grpc.status.PERMISSION_DENIED);
    assert.match(error.details, /runs only the policy packs of .*own/);
  });
});

describe("own code", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "atoll-own-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const own = {
    root: folder,
    main: path.join(folder, "main.mjs"),
    packs: [path.join(folder, "p")],
  };
  const asked = (change: { program?: string; cwd?: string; root?: string }) =>
    programRefusal(
      {
        program: change.program ?? own.main,
        cwd: change.cwd ?? folder,
        settings: { "root-directory": change.root ?? folder } as never,
      },
      own,
    );

  test("is the entry file, started from its folder, in the project's folder", () => {
    assert.equal(asked({}), undefined);
    for (const change of [{ program: "/tmp/x.mjs" }, { cwd: "/tmp" }, { root: "/tmp" }])
      assert.match(asked(change) ?? "", /runs only/, JSON.stringify(change));
  });

  test("is the same through a symbolic link", () => {
    const link = `${folder}-link`;
    symlinkSync(folder, link);
    try {
      writeFileSync(own.main, "");
      const same = { program: path.join(link, "main.mjs"), cwd: link, root: link };
      assert.equal(asked(same), undefined);
    } finally {
      rmSync(link);
    }
  });

  test("are the packs of the project and of the command", () => {
    assert.equal(packRefusal(path.join(folder, "p"), own), undefined);
    assert.match(packRefusal(folder, own) ?? "", /runs only the policy packs/);
  });
});

describe("the variables of programs", () => {
  const all = {
    PATH: "/bin",
    HOME: "/home/u",
    LC_ALL: "C",
    https_proxy: "http://proxy",
    NODE_EXTRA_CA_CERTS: "/ca.pem",
    PULUMI_BACKEND_URL: "file:///s",
    PULUMI_ACCESS_TOKEN: "token",
    PULUMI_CONFIG_PASSPHRASE: "secret",
    PULUMI_CONFIG_PASSPHRASE_FILE: "/secret",
    ATOLL_CONFIG_DIR: "/c",
    AWS_SECRET_ACCESS_KEY: "key",
    GOOGLE_CREDENTIALS: "key",
    KUBECONFIG: "/k",
    GITHUB_TOKEN: "token",
    MY_SETTING: "1",
    OTHER: "2",
  };
  const always = [
    "PATH",
    "HOME",
    "LC_ALL",
    "https_proxy",
    "NODE_EXTRA_CA_CERTS",
    "PULUMI_BACKEND_URL",
    "ATOLL_CONFIG_DIR",
  ];

  test("are the system's, proxies, Node's, Pulumi's without secrets, and Atoll's", () => {
    assert.deepEqual(Object.keys(programVariables(all, "rehearsal")), always);
  });

  test("include credentials of clouds on real targets, and what ATOLL_PASS_VARIABLES names", () => {
    assert.deepEqual(Object.keys(programVariables(all, "cloud")), [
      ...always,
      "AWS_SECRET_ACCESS_KEY",
      "GOOGLE_CREDENTIALS",
      "KUBECONFIG",
    ]);
    const passed = programVariables({ ...all, ATOLL_PASS_VARIABLES: "MY_SETTING, X" }, "rehearsal");
    assert.equal(passed.MY_SETTING, "1");
    assert.equal(passed.OTHER, undefined);
  });
});
