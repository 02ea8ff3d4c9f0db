/** Runs one operation on one stack with the Pulumi CLI, and follows the engine's events. */
import os from "node:os";
import { policiesVariable } from "../../policies/report-only.ts";
import { unrecorded, watchSpace } from "./disk.ts";
import { engineFault } from "./engine-failures.ts";
import { type Follower, follow, type Progress } from "./events.ts";
import { startEventsServer } from "./events-server.ts";
import { startPack } from "./pack.ts";
import { programVariables } from "./program-variables.ts";
import type { Session } from "./session.ts";
import { type Ended, run } from "./spawn.ts";

export const operations = ["preview", "up", "destroy", "refresh"] as const;
export type Operation = (typeof operations)[number];

export interface StackRun {
  readonly operation: Operation;
  readonly stack: string;
  /** Config values for this run only. */
  readonly set?: Readonly<Record<string, string>>;
  /** Called after every event. Computing the progress is left to the follower, for when it is shown. */
  readonly onEvent?: (follower: Follower) => void;
  /** Whether the state is compared with the clouds first. */
  readonly refresh?: boolean;
  /** Whether policies are evaluated, where the operation supports it. @default true */
  readonly judged?: boolean;
  /** Whether mandatory policies only report, and do not stop the engine. @default false */
  readonly reportOnly?: boolean;
  /** The output of the engine and the program. */
  readonly onOutput?: (text: string) => void;
  readonly onStart?: (pid: number) => void;
}

export interface StackResult {
  readonly stack: string;
  readonly operation: Operation;
  readonly succeeded: boolean;
  readonly progress: Progress;
  readonly seconds: number;
  readonly ended: Ended;
  /** The signal that ended the policy pack before its engine. */
  readonly packKilled?: NodeJS.Signals;
  /** The folder on a full disk for which the run was stopped. */
  readonly full?: string;
  /** Why events of the engine could not be read; absent when all could. */
  readonly unread?: string;
}

export async function runStack(session: Session, options: StackRun): Promise<StackResult> {
  const started = performance.now();
  const follower = follow();
  const events = await startEventsServer((event) => {
    follower.add(event);
    options.onEvent?.(follower);
  });
  const policyPack = packOf(session, options);
  const variables = options.reportOnly
    ? { ...session.variables, [policiesVariable]: "report" }
    : session.variables;
  const disk = watchDisk(session);
  // An engine without our language host may start packs in its own way.
  const pack =
    policyPack !== undefined && session.servesPrograms
      ? startPack(
          policyPack,
          options.stack,
          programVariables(variables, session.target.kind),
          options.onOutput,
        )
      : undefined;
  try {
    const ended = await run(
      session.engine.path,
      engineArguments(session, options, events.address, policyPack),
      {
        cwd: session.project.root,
        // `--event-log` is hidden without this variable, which the Automation API sets as well.
        env: { ...variables, ...pack?.variables, PULUMI_DEBUG_COMMANDS: "true" },
        interrupts: [...session.interrupts, ...disk.interrupts],
        kill: disk.kill,
        onOutput: (text) => {
          disk.read(text);
          options.onOutput?.(text);
        },
        ...(options.onStart ? { onStart: options.onStart } : {}),
      },
    ).catch(engineFault(session.engine.path));
    const unread = events.fault();
    const packKilled = pack?.killedBy();
    return {
      ...(unread === undefined ? {} : { unread }),
      ...(packKilled === undefined ? {} : { packKilled }),
      ...(disk.full() ? { full: disk.folder } : {}),
      stack: options.stack,
      operation: options.operation,
      succeeded: ended.code === 0,
      progress: follower.progress(),
      seconds: (performance.now() - started) / 1000,
      ended,
    };
  } finally {
    disk.stop();
    events.stop();
    pack?.stop();
  }
}

/**
 * Stops an engine that cannot record its changes: it would repeat the attempt for minutes. That of a rehearsal is killed, which the next
 * run repairs; on real clouds it ends what it has started.
 */
function watchDisk({ target }: Session) {
  const folder = target.folders?.root ?? os.tmpdir();
  const [kill, interrupt] = [new AbortController(), new AbortController()];
  const onFull = () => (target.kind === "rehearsal" ? kill : interrupt).abort();
  let tail = "";
  return {
    folder,
    kill: kill.signal,
    interrupts: [interrupt.signal],
    full: () => kill.signal.aborted || interrupt.signal.aborted,
    read: (text: string) => {
      tail = (tail + text).slice(-1000);
      if (target.kind === "rehearsal" && unrecorded.test(tail)) onFull();
    },
    stop: watchSpace(folder, onFull),
  };
}

/** A folder for a flag that is a list of comma-separated values, as `--policy-pack` is. */
export function listOf(folder: string): string {
  return /[",\r\n]/.test(folder) ? `"${folder.replaceAll('"', '""')}"` : folder;
}

/** The folder of the policy pack for this run. */
function packOf({ project }: Session, { operation, judged = true }: StackRun): string | undefined {
  const deploys = operation === "preview" || operation === "up";
  return deploys && judged ? project.policyPack : undefined;
}

function engineArguments(
  { target }: Session,
  { operation, stack, set, refresh }: StackRun,
  eventLog: string,
  policyPack: string | undefined,
): string[] {
  const configFile = target.configFor(stack, set);
  return [
    operation,
    ...["--stack", stack, "--non-interactive", "--color", "never", "--suppress-progress"],
    ...["--event-log", eventLog],
    // Without the flag a preview stops at the first protected resource that it would delete.
    ...(operation === "preview" ? ["--ignore-protect"] : ["--yes", "--skip-preview"]),
    ...(refresh ? ["--refresh"] : []),
    ...(policyPack === undefined ? [] : ["--policy-pack", listOf(policyPack)]),
    ...(configFile === undefined ? [] : ["--config-file", configFile]),
  ];
}
