/** Commands as shell lines: every argument is quoted as one word. Pure. */
import type { Command, Runbook, Step } from "./runbook.ts";

/** The placeholder for a value that an earlier command stored under a name. */
export function stored(name: string): string {
  return `\${${name}}`;
}

const storedValue = /\$\{([A-Z][A-Z_]*)\}/;

/** The names of stored values that a command needs. */
export function needs({ run }: Command): string[] {
  return run.flatMap((argument) =>
    argument.split(storedValue).filter((_, index) => index % 2 === 1),
  );
}

/** A command as a line for `sh`. */
export function shellLine({ run, into, file }: Command): string {
  const words = run.map(quoted).join(" ");
  if (into !== undefined) return `${into}="$(${words})"`;
  return file === undefined ? words : `${words} > ${quoted(file)}`;
}

/** Strings that need no quotes. */
const plain = /^[\w@%+:,./-][\w@%+=:,./-]*$/;

/** Stored values are in double quotes; everything else that needs quotes, in single quotes. */
function quoted(argument: string): string {
  if (plain.test(argument)) return argument;
  const parts = argument.split(storedValue);
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

/** A runbook for programs: each command with its shell line. */
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
