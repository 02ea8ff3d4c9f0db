// What this cannot prove: how much it saves; docs/adr/20261201-replace-what-costs-a-tenth.md says how that was measured. That an
// engine takes the answer for "nothing to remediate" is shown by every end-to-end test with the pack.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { afterEach, beforeEach, describe, test } from "node:test";
import * as grpc from "@grpc/grpc-js";
import { answerNoRemediation } from "../../sdk/remediation.mjs";

const require = createRequire(import.meta.url);
const { AnalyzerService, AnalyzerClient } = require("@pulumi/pulumi/proto/analyzer_grpc_pb.js");
const { AnalyzeRequest } = require("@pulumi/pulumi/proto/analyzer_pb.js");
const { remediate } = AnalyzerService;

/** Serves a pack that remediates, and asks it; returns what the client was answered. */
async function ask(): Promise<{ readonly code: number | undefined; readonly asked: number }> {
  let asked = 0;
  const server = new grpc.Server();
  server.addService(AnalyzerService, {
    remediate: ((_call, reply) => {
      asked += 1;
      reply({ code: grpc.status.INTERNAL });
    }) satisfies grpc.handleUnaryCall<unknown, unknown>,
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  const client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  const code = await new Promise<number | undefined>((resolve) => {
    client.remediate(new AnalyzeRequest(), (error: grpc.ServiceError | null) =>
      resolve(error?.code),
    );
  });
  client.close();
  server.forceShutdown();
  return { code, asked };
}

describe("a pack that remediates nothing", () => {
  beforeEach(() => {
    AnalyzerService.remediate = remediate;
  });
  afterEach(() => {
    AnalyzerService.remediate = remediate;
    delete process.env.ATOLL_PLAIN;
  });

  test("answers the engine that it has no such method, and reads nothing of what it is asked", async () => {
    answerNoRemediation();
    assert.deepEqual(await ask(), { code: grpc.status.UNIMPLEMENTED, asked: 0 });
  });

  test("is asked with ATOLL_PLAIN", async () => {
    process.env.ATOLL_PLAIN = "remediation";
    answerNoRemediation();
    assert.deepEqual(await ask(), { code: grpc.status.INTERNAL, asked: 1 });
  });
});

describe("the installed SDK", () => {
  test("has the method in the service that it gives the pack's server", () => {
    assert.equal(remediate?.path, "/pulumirpc.Analyzer/Remediate");
  });
});
