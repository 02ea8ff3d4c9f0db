/** `atoll isolation`: which tenants reach which others by what is deployed, and how a real cell can be tried. */
import { didYouMean } from "../../components/core/suggest.ts";
import { environmentOf } from "../../footprint/files/config-files.ts";
import type { IsolationCell, Verdict } from "../../operations/isolation/model.ts";
import { judge } from "../../operations/isolation/oracle.ts";
import { type OpenEnvironment, withEnvironment } from "../engine/environment.ts";
import { deployedCells } from "../engine/isolation.ts";
import { type ExitCode, exitCodes, Failure } from "../failure.ts";
import type { Io } from "../io.ts";
import { isolationFindings, isolationJson, isolationText } from "../report/isolation.ts";
import { findingText } from "../report/text.ts";

export interface IsolationOptions {
  /** An environment, or one cell: `prod`, `prod.aws-use1`. */
  readonly asked: string;
  readonly rehearse?: boolean;
}

export async function isolation(io: Io, options: IsolationOptions): Promise<ExitCode> {
  const verdicts = await onCells(io, options, (cells) => Promise.resolve(cells.map(judge)));
  const code = codeOf(verdicts);
  for (const finding of isolationFindings(verdicts)) io.say(`${findingText(finding, io.colors)}\n`);
  io.say(isolationText(verdicts, io.colors).trimEnd());
  io.result({ exitCode: code, cells: isolationJson(verdicts) });
  return code;
}

function codeOf(verdicts: readonly Verdict[]): ExitCode {
  const open = verdicts.some(({ paths }) => paths.length > 0);
  return open ? exitCodes.policyViolations : exitCodes.done;
}

/**
 * Opens the environment and reads its deployed cells.
 *
 * @throws Failure `environment-not-up` if no tenant is deployed; `bad-usage` if there is no such cell
 */
export function onCells<Result>(
  io: Io,
  { asked, rehearse }: IsolationOptions,
  work: (cells: readonly IsolationCell[], open: OpenEnvironment) => Promise<Result>,
): Promise<Result> {
  const environment = environmentOf(asked);
  return withEnvironment(
    io,
    { asked: environment, ...(rehearse === undefined ? {} : { rehearse }) },
    async (open) => {
      const { session, footprint } = open;
      const chosen = footprint.cells.filter(({ stack }) => [stack, environment].includes(asked));
      if (chosen.length === 0) {
        const stacks = footprint.cells.map(({ stack }) => stack);
        throw new Failure(
          "bad-usage",
          `there is no cell "${asked}"${didYouMean(asked, stacks)}`,
          `name the environment, ${environment}, or one of its cells`,
        );
      }
      const cells = (await deployedCells(session, footprint)).filter(({ name }) =>
        chosen.some((cell) => cell.name === name),
      );
      if (cells.length > 0) return work(cells, open);
      throw new Failure(
        "environment-not-up",
        `no tenant of ${asked} is deployed`,
        `deploy it first: npx atoll up ${environment}; or check its plan: npx atoll check ${environment}`,
      );
    },
  );
}
