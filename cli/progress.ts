/** Shows progress: one live line per stack on a terminal, a plain line at intervals elsewhere. */
import { Listr, ListrLogger, ProcessOutput } from "listr2";
import type { Listener, StackReport } from "./engine/deploy.ts";
import { changedBy, type Follower, shortName } from "./engine/events.ts";
import type { Operation } from "./engine/run.ts";
import type { Io } from "./io.ts";

export interface Display extends Listener {
  /** Ends the display, so that other lines can be printed. */
  close(): Promise<void>;
}

const plainInterval = 10_000;
const liveInterval = 200;

export function openDisplay(
  io: Io,
  operation: Operation | "check",
  stacks: readonly string[],
): Display {
  const display = io.live ? liveDisplay(stacks) : plainDisplay(io, operation);
  if (!io.debug) return display;
  return { ...display, output: (stack, text) => void process.stderr.write(prefixed(stack, text)) };
}

function plainDisplay(io: Io, operation: Operation | "check"): Display {
  const running = new Map<string, { readonly timer: NodeJS.Timeout; follower?: Follower }>();
  return {
    started: (stack) => {
      io.note(`${stack}: ${operation} started`);
      const say = () => {
        const follower = running.get(stack)?.follower;
        if (follower) io.note(`${stack}: ${statusText(follower)}`);
      };
      running.set(stack, { timer: setInterval(say, plainInterval) });
    },
    event: (stack, follower) => {
      const entry = running.get(stack);
      if (entry) entry.follower = follower;
    },
    output: () => undefined,
    ended: (report) => {
      clearInterval(running.get(report.stack)?.timer);
      running.delete(report.stack);
      io.note(`${report.stack}: ${endText(operation, report)}`);
    },
    close: () => Promise.resolve(),
  };
}

interface Waiting {
  readonly ended: PromiseWithResolvers<StackReport>;
  follower?: Follower;
}

function liveDisplay(stacks: readonly string[]): Display {
  const waiting = new Map<string, Waiting>(
    stacks.map((stack) => [stack, { ended: Promise.withResolvers() }]),
  );
  const list = new Listr(
    [...waiting].map(([stack, entry]) => ({
      title: stack,
      task: async (_context, task) => {
        const timer = setInterval(() => {
          if (entry.follower) task.output = statusText(entry.follower);
        }, liveInterval);
        const report = await entry.ended.promise.finally(() => clearInterval(timer));
        task.title = `${stack}: ${endText(undefined, report)}`;
        if (report.status === "skipped") task.skip(task.title);
        else if (report.status === "failed") throw new Error(task.title);
      },
    })),
    {
      concurrent: true,
      exitOnError: false,
      // The library's own listener would end the process on Ctrl-C, before the engine has stopped.
      registerSignalListeners: false,
      rendererOptions: {
        collapseErrors: false,
        showErrorMessage: false,
        logger: new ListrLogger({
          processOutput: new ProcessOutput(process.stderr, process.stderr),
        }),
      },
    },
  );
  const finished = list.run();
  return {
    started: () => undefined,
    event: (stack, follower) => {
      const entry = waiting.get(stack);
      if (entry) entry.follower = follower;
    },
    output: () => undefined,
    ended: (report) => waiting.get(report.stack)?.ended.resolve(report),
    close: async () => {
      await finished;
    },
  };
}

function statusText(follower: Follower): string {
  const { counts, current } = follower.progress();
  const busy = current.at(-1);
  return [
    `${changedBy(counts)} changed, ${counts.unchanged} unchanged`,
    ...(busy === undefined ? [] : [`at ${shortName(busy)}`]),
  ].join(", ");
}

function endText(
  operation: Operation | "check" | undefined,
  { status, counts, seconds, failure }: StackReport,
): string {
  if (status === "skipped") return "skipped";
  const changes = changedBy(counts);
  const what = changes === 0 ? "no changes" : changes === 1 ? "1 change" : `${changes} changes`;
  const how = status === "failed" ? (failure?.code ?? "policy violations") : "done";
  return `${operation === undefined ? "" : `${operation} `}${how}, ${what}, ${seconds.toFixed(1)} s`;
}

function prefixed(stack: string, text: string): string {
  return text.replace(/^(?=.)/gm, `[${stack}] `);
}
