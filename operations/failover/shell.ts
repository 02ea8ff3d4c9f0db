/** Commands as text that a shell takes: every argument is one word to it, whatever is in it. Pure. */
import type { Command, Runbook, Step } from "./runbook.ts";

/** The place of what an earlier command has kept under a name. */
export function kept(name: string): string {
  return `\${${name}}`;
}

const keptValue = /\$\{([A-Z][A-Z_]*)\}/;

/** The names of kept values that a command needs. */
export function needs({ run }: Command): string[] {
  return run.flatMap((argument) => argument.split(keptValue).filter((_, index) => index % 2 === 1));
}

/** A command as a line for `sh`. */
export function shellLine({ run, into, file }: Command): string {
  const words = run.map(quoted).join(" ");
  if (into !== undefined) return `${into}="$(${words})"`;
  return file === undefined ? words : `${words} > ${quoted(file)}`;
}

/** What no shell reads anything into. */
const plain = /^[\w@%+:,./-][\w@%+=:,./-]*$/;

/** Kept values stand in double quotes, all else that is not plain in single ones. */
function quoted(argument: string): string {
  if (plain.test(argument)) return argument;
  const parts = argument.split(keptValue);
  if (parts.length === 1) return single(argument);
  return parts
    .map((part, index) => {
      if (index % 2 === 1) return `"$${part}"`;
      return part === "" || plain.test(part) ? part : single(part);
    })
    .join("");
}

function single(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A runbook for programs: each command with the line that a shell takes. */
export function withLines(runbook: Runbook) {
  const shown = (command: Command) => ({ ...command, line: shellLine(command) });
  const step = ({ commands, verify, ...rest }: Step) => ({
    ...rest,
    commands: commands.map(shown),
    verify: { ...verify, commands: verify.commands.map(shown) },
  });
  return {
    ...runbook,
    before: runbook.before.map(step),
    failover: runbook.failover.map(step),
    failBack: runbook.failBack.map(step),
  };
}
