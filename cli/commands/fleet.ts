/** `atoll up --tenants` and `atoll preview --tenants`: many tenants, in waves, without their environment and cells. */
import path from "node:path";
import { configFile } from "../../footprint/files/config-files.ts";
import type { Tenant } from "../../footprint/model.ts";
import { agree, refuseUnasked } from "../agree.ts";
import { deploy, type StackReport } from "../engine/deploy.ts";
import { notUp } from "../engine/deployed.ts";
import { type OpenEnvironment, withEnvironment } from "../engine/environment.ts";
import { makeMissing } from "../engine/missing.ts";
import type { Session } from "../engine/session.ts";
import { type ExitCode, exitCodes, Failure } from "../failure.ts";
import { fleetDisplay } from "../fleet/display.ts";
import { digestOf, type Journal, openJournal } from "../fleet/journal.ts";
import { differs, type Wave, wavesText } from "../fleet/outcome.ts";
import { stops, wavesOf } from "../fleet/waves.ts";
import type { Io } from "../io.ts";
import { asJson, exitCodeOf, explain, noteFailures } from "../report/report.ts";
import { packageVersion } from "../version.ts";
import { selecting } from "./tenant/selector.ts";
import type { UpOptions } from "./up.ts";

export interface FleetOptions extends UpOptions {
  /** Conditions, or true for all tenants. */
  readonly tenants: string | true;
  /** The share of failures in a wave, in percent, above which the next does not start. @default 10 */
  readonly stopAt?: number;
  /** Also runs what the last, unfinished run has done. */
  readonly all?: boolean;
  /** Fails where a preview shows changes or drift. */
  readonly expectNoChanges?: boolean;
}

export async function runFleet(
  io: Io,
  operation: "preview" | "up",
  options: FleetOptions,
): Promise<ExitCode> {
  const { asked, rehearse, yes = false } = options;
  const waves = await withEnvironment(
    io,
    {
      asked,
      ...(rehearse === undefined ? {} : { rehearse }),
      ...(operation === "up" ? { claimedBy: `up ${asked} --tenants` } : {}),
    },
    async (open) => {
      const { session, footprint } = open;
      const chosen = footprint.tenants.filter(
        selecting(options.tenants === true ? undefined : options.tenants),
      );
      if (chosen.length === 0) return [];
      await refuseNotUp(open, chosen);
      const real = operation === "up" && session.target.kind === "cloud";
      const consent = {
        otherwise: `the changes to ${chosen.length} tenants on the real clouds were not confirmed; nothing was changed`,
        cure: `review \`npx atoll preview ${asked} --tenants\`, then run it again with --yes or in a terminal`,
      };
      if (real) refuseUnasked(io, yes, consent);
      const journal = openJournal(
        path.join(session.project.rehearsals, `${asked}.${session.target.kind}.fleet.json`),
      );
      const digests = digestsOf(session, asked, chosen);
      const left = chosen.filter(
        ({ stack }) =>
          operation === "preview" || options.all || !journal.has(stack, digests.get(stack) ?? ""),
      );
      if (left.length < chosen.length) {
        io.note(
          `continues: ${chosen.length - left.length} of ${chosen.length} tenants were done before; --all runs them again`,
        );
      }
      await makeMissing(
        io,
        session,
        left.map(({ stack }) => stack),
        yes,
      );
      if (real) {
        const question = `Change ${left.length} tenants of ${asked}, in waves, on the real clouds?`;
        await agree(io, yes, { question, ...consent });
      }
      const done = await runWaves(io, session, operation, left, options, (report) => {
        if (operation === "up" && report.status === "done")
          journal.add(report.stack, digests.get(report.stack) ?? "");
      });
      if (operation === "up") finish(journal, done);
      return done;
    },
  );
  return shown(io, operation, options, waves);
}

/** Files that a tenant's plan depends on. */
function digestsOf(
  { project }: Session,
  environment: string,
  tenants: readonly Tenant[],
): ReadonlyMap<string, string> {
  const fileOf = (stack: string) => path.join(project.configDir, configFile(stack));
  const release = packageVersion();
  return new Map(
    tenants.map(({ stack, on }) => [
      stack,
      digestOf([stack, environment, ...on.map(({ cell }) => cell.stack)].map(fileOf), release),
    ]),
  );
}

function finish(journal: Journal, waves: readonly Wave[]): void {
  if (waves.every(({ reports }) => reports.every(({ status }) => status === "done")))
    journal.finish();
}

/** @throws Failure `environment-not-up` if a tenant's cell is not deployed */
async function refuseNotUp(
  { session, footprint }: OpenEnvironment,
  tenants: readonly Tenant[],
): Promise<void> {
  const { stack } = footprint.environment;
  const needed = new Set([stack, ...tenants.flatMap(({ on }) => on.map(({ cell }) => cell.stack))]);
  const missing = await notUp(session, [...needed]);
  if (missing.length === 0) return;
  throw new Failure(
    "environment-not-up",
    `the tenants of ${stack} cannot be deployed alone: ${missing.join(", ")} must be deployed first`,
    `deploy the environment first: npx atoll up ${stack}`,
  );
}

async function runWaves(
  io: Io,
  session: Session,
  operation: "preview" | "up",
  tenants: readonly Tenant[],
  { atOnce, stopAt = 10, refresh }: FleetOptions,
  onReport: (report: StackReport) => void,
): Promise<Wave[]> {
  const planned = wavesOf(tenants);
  const waves: Wave[] = [];
  const display = fleetDisplay(io);
  try {
    for (const [index, stacks] of planned.entries()) {
      const last = waves.at(-1);
      // A preview changes nothing that a stop could protect.
      if (operation === "up" && last && stops(failedIn(last), last.stacks.length, stopAt)) {
        waves.push({ stacks, reports: stacks.map((stack) => notStarted(stack, last, index)) });
        continue;
      }
      display.wave(index + 1, planned.length, stacks.length);
      const reports = await deploy(
        session,
        {
          operation,
          stacks: stacks.map((name) => ({ name, needs: [] })),
          ...(atOnce === undefined ? {} : { atOnce }),
          ...(refresh === undefined ? {} : { refresh }),
        },
        {
          ...display,
          ended: (report) => {
            onReport(report);
            display.ended(report);
          },
        },
      );
      waves.push({ stacks, reports });
    }
  } finally {
    display.close();
  }
  return waves;
}

function failedIn({ reports }: Wave): number {
  return reports.filter(({ status }) => status !== "done").length;
}

const none = { unchanged: 0, created: 0, updated: 0, replaced: 0, deleted: 0 };

function notStarted(stack: string, { stacks, reports }: Wave, wave: number): StackReport {
  const failed = reports.filter(({ status }) => status !== "done").length;
  return {
    stack,
    status: "skipped",
    counts: none,
    violations: [],
    seconds: 0,
    failure: new Failure(
      "deployment-failed",
      `stack ${stack} was not started, because ${failed} of ${stacks.length} tenants of wave ${wave} failed`,
      "fix the errors and run the same command again: it continues with what is left",
    ),
  };
}

async function shown(
  io: Io,
  operation: "preview" | "up",
  { asked, tenants, expectNoChanges }: FleetOptions,
  waves: readonly Wave[],
): Promise<ExitCode> {
  const report = await explain(
    asked,
    operation,
    waves.flatMap(({ reports }) => reports),
  );
  if (waves.length === 0) {
    io.say(
      tenants === true
        ? `nothing to do: ${asked} has no tenants that are left`
        : `nothing to do: no tenants of ${asked} match ${tenants}`,
    );
  } else io.say(wavesText(waves));
  const different = expectNoChanges ? report.reports.filter(differs) : [];
  if (different.length > 0)
    io.note(`not as deployed: ${different.map(({ stack }) => stack).join(", ")}`);
  noteFailures(io, report);
  io.result(asJson(report));
  const code = exitCodeOf(report);
  return code === exitCodes.done && different.length > 0 ? exitCodes.failed : code;
}
