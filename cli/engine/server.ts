/**
 * Serves a rehearsal in the background, so that plain `pulumi` can use it after `atoll env` has ended: the embedded cloud, the
 * language host, and a control port by which commands find and stop it. It stops by itself after a period without use.
 *
 * Usage: `server.ts ENVIRONMENT FOLDER language|none`, in the project's folder.
 */
import { randomBytes } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo, Socket } from "node:net";
import path from "node:path";
import { accepted } from "../../simulator/loopback.ts";
import { thisProject } from "../project.ts";
import { claim } from "./claim.ts";
import { embeddedCloud } from "./embedded-cloud.ts";
import { startLanguageHost } from "./language-host.ts";
import { programVariables } from "./program-variables.ts";
import { ownCode } from "./session.ts";

/** The file in the rehearsal's folder by which commands find its server. */
export interface ServerCard {
  readonly pid: number;
  /** The control port. */
  readonly port: number;
  /** Authenticates commands to the control port; only the owner of the folder can read it. */
  readonly token: string;
}

/** The answer to a control request. */
export interface ServerFacts {
  readonly environment: string;
  readonly pid: number;
  /** The embedded cloud's address, in the form of `PULUMI_DEBUG_PROVIDERS`. */
  readonly attachment: string;
  readonly language: number | undefined;
}

export const cardFile = "server-card.json";

const idleSeconds = Number(process.env.ATOLL_SERVER_IDLE_SECONDS ?? 300);

async function serve(environment: string, root: string, withLanguage: boolean): Promise<void> {
  const held = claim({ root }, `env ${environment}`, "server");
  const idle = watchIdleness();
  const cloud = await embeddedCloud({ stateDir: root });
  const language = withLanguage
    ? await startLanguageHost({
        reuse: false,
        variables: programVariables(process.env, "rehearsal"),
        own: ownCode(thisProject()),
      })
    : undefined;
  const token = randomBytes(24).toString("base64url");
  const facts: ServerFacts = {
    environment,
    pid: process.pid,
    attachment: cloud.attachment,
    language: language?.port,
  };

  const stop = async (): Promise<void> => {
    rmSync(path.join(root, cardFile), { force: true });
    language?.stop();
    await cloud.stop();
    held.release();
    process.exit(0);
  };
  const control = http.createServer((request, response) => {
    if (request.headers.authorization !== `Bearer ${token}`) {
      response.writeHead(403).end();
      return;
    }
    accepted.publish({ socket: request.socket });
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(facts));
    if (request.method === "DELETE") response.once("close", () => void stop());
  });
  await new Promise<void>((resolve) => control.listen(0, "127.0.0.1", resolve));
  const { port } = control.address() as AddressInfo;
  const card: ServerCard = { pid: process.pid, port, token };
  writeFileSync(path.join(root, cardFile), JSON.stringify(card), { mode: 0o600 });
  idle.onIdle(() => void stop());
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop());
  process.send?.("ready");
  process.disconnect?.();
}

/** Calls back when this user has had no connection to a server of this process during the idle time. */
function watchIdleness(): { onIdle(callback: () => void): void } {
  let open = 0;
  let callback: () => void = () => undefined;
  let timer: NodeJS.Timeout | undefined;
  const rest = (): void => {
    clearTimeout(timer);
    if (open === 0) timer = setTimeout(() => callback(), idleSeconds * 1000);
  };
  accepted.subscribe((message) => {
    const { socket } = message as { readonly socket: Socket };
    open += 1;
    clearTimeout(timer);
    socket.once("close", () => {
      open -= 1;
      rest();
    });
  });
  return {
    onIdle: (whenIdle) => {
      callback = whenIdle;
      rest();
    },
  };
}

if (import.meta.main) {
  const [environment = "", root = "", language] = process.argv.slice(2);
  await serve(environment, root, language === "language");
}
