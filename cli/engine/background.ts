/** Finds, starts and stops the background server of a rehearsal. */
import { spawn } from "node:child_process";
import { existsSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Failure } from "../failure.ts";
import type { Project } from "../project.ts";
import { isAlive } from "./locks.ts";
import type { RehearsalFolders } from "./rehearsal.ts";
import { cardFile, type ServerCard, type ServerFacts } from "./server.ts";

/** Timeouts of a server's control requests, and of its start or stop, in milliseconds. */
const answerWithin = 5_000;
const turnWithin = 30_000;

/** The running server of this rehearsal; `undefined` when there is none. */
export function findServer(folders: RehearsalFolders): Promise<ServerFacts | undefined> {
  return askServer(folders, "GET");
}

/** Stops the server and waits for its end. @returns whether there was one */
export async function stopServer(folders: RehearsalFolders): Promise<boolean> {
  const stopped = await askServer(folders, "DELETE");
  if (stopped === undefined) return false;
  const deadline = Date.now() + turnWithin;
  while (isAlive(stopped.pid)) {
    if (Date.now() > deadline) {
      throw new Failure(
        "server-unreachable",
        `the background server of ${stopped.environment} did not stop when requested`,
        `end process ${stopped.pid}`,
      );
    }
    await wait(20);
  }
  return true;
}

/** The running server of a rehearsal, or a new one. */
export async function ensureServer(
  folders: RehearsalFolders,
  environment: string,
  { root, configDir }: Pick<Project, "root" | "configDir">,
  withLanguage: boolean,
): Promise<ServerFacts> {
  const alive = await findServer(folders);
  if (alive !== undefined) return alive;
  const log = path.join(folders.root, "server.log");
  const output = openSync(log, "w");
  const child = spawn(
    process.execPath,
    [
      "--disable-warning=ExperimentalWarning",
      path.join(import.meta.dirname, `server${path.extname(import.meta.filename)}`),
      environment,
      folders.root,
      withLanguage ? "language" : "none",
    ],
    {
      cwd: root,
      env: { ...process.env, ATOLL_CONFIG_DIR: configDir },
      detached: true,
      stdio: ["ignore", output, output, "ipc"],
    },
  );
  await Promise.race([
    new Promise((resolve) => child.once("message", resolve)),
    // Another command may have started one at the same time. Then this one exits, and that one is used.
    new Promise((resolve) => child.once("exit", resolve)),
    wait(turnWithin, undefined, { ref: false }),
  ]);
  if (child.connected) child.disconnect();
  child.unref();
  const started = await findServer(folders);
  if (started !== undefined) return started;
  throw new Failure(
    "server-unreachable",
    `the background server of ${environment} did not start`,
    `run the command again; its log is ${log}`,
    readFileSync(log, "utf8"),
  );
}

/** Sends a request to the control port. Only this rehearsal's server accepts the token. */
async function askServer(
  folders: RehearsalFolders,
  method: "GET" | "DELETE",
): Promise<ServerFacts | undefined> {
  const card = readCard(folders);
  if (card === undefined) return undefined;
  try {
    const response = await fetch(`http://127.0.0.1:${card.port}/`, {
      method,
      headers: { authorization: `Bearer ${card.token}`, connection: "close" },
      signal: AbortSignal.timeout(answerWithin),
    });
    if (!response.ok) return undefined;
    const facts = (await response.json()) as ServerFacts;
    return facts.pid === card.pid ? facts : undefined;
  } catch {
    return undefined;
  }
}

/** @throws Failure `state-unreadable` when the file is damaged and its server may run */
function readCard({ root }: RehearsalFolders): ServerCard | undefined {
  const file = path.join(root, cardFile);
  if (!existsSync(file)) return undefined;
  const { pid, port, token } = fieldsOf(file);
  if (typeof pid === "number" && typeof port === "number" && typeof token === "string")
    return { pid, port, token };
  const { pid: holder } = fieldsOf(path.join(root, "server.json"));
  if (typeof holder === "number" && isAlive(holder))
    throw new Failure(
      "state-unreadable",
      `the background server cannot be reached: ${file} is damaged`,
      `end process ${holder}, remove the file, and run the same command again`,
    );
  return undefined;
}

/** The fields of a JSON file; none where it cannot be read. */
function fieldsOf(file: string): Readonly<Record<string, unknown>> {
  try {
    return { ...JSON.parse(readFileSync(file, "utf8")) };
  } catch {
    return {};
  }
}
