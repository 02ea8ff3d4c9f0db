/** The API of the cluster that a pod runs in, with the rights of its service account. */
import { readFileSync } from "node:fs";
import https from "node:https";
import path from "node:path";
import { Failure } from "../../failure.ts";

/** Where Kubernetes mounts the token and the certificate of a service account. */
const mounted = "/var/run/secrets/kubernetes.io/serviceaccount";

export interface Cluster {
  get(path: string): Promise<unknown>;
  /** A JSON merge patch. */
  patch(path: string, change: unknown): Promise<void>;
  /** Also succeeds where there is nothing to delete. */
  remove(path: string): Promise<void>;
}

/** @throws Failure `bad-usage` outside a cluster */
export function ownCluster(folder = mounted, env: NodeJS.ProcessEnv = process.env): Cluster {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = "443" } = env;
  if (host === undefined) {
    throw new Failure(
      "bad-usage",
      "this command works in a pod of the operator's cluster only",
      "the CronJob healer of `npx atoll fleet render` runs it",
    );
  }
  const ca = readFileSync(path.join(folder, "ca.crt"), "utf8");
  const ask = (
    method: string,
    at: string,
    body?: unknown,
  ): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      const headers = {
        accept: "application/json",
        // Kubernetes renews the file.
        authorization: `Bearer ${readFileSync(path.join(folder, "token"), "utf8").trim()}`,
        ...(body === undefined ? {} : { "content-type": "application/merge-patch+json" }),
      };
      const request = https.request(
        { host, port, path: at, method, ca, headers, timeout: 30_000 },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on("data", (part: Buffer) => parts.push(part));
          answer.on("end", () =>
            resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString() }),
          );
          answer.on("error", reject);
        },
      );
      request.on("timeout", () => request.destroy(new Error("no answer within 30 seconds")));
      request.on("error", reject);
      request.end(body === undefined ? undefined : JSON.stringify(body));
    });
  const accepted = async (method: string, at: string, body?: unknown, absent = false) => {
    const { status, text } = await ask(method, at, body).catch((error: unknown) => {
      throw unreachable(at, String(error));
    });
    if ((status >= 200 && status < 300) || (absent && status === 404)) return text;
    throw unreachable(`${method} ${at}: ${status}`, text.slice(0, 500));
  };
  return {
    get: async (at) => JSON.parse(await accepted("GET", at)),
    patch: async (at, change) => void (await accepted("PATCH", at, change)),
    remove: async (at) => void (await accepted("DELETE", at, undefined, true)),
  };
}

function unreachable(what: string, details: string): Failure {
  return new Failure(
    "server-unreachable",
    `the API server did not answer: ${what}`,
    "check the Role of the service account, and run the command again",
    details,
  );
}
