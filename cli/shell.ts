/** Environment variables in the syntax of a shell, for `eval`. */

export const shells = ["sh", "fish", "powershell"] as const;
export type Shell = (typeof shells)[number];

interface Syntax {
  quote(text: string): string;
  set(name: string, value: string): string;
  unset(name: string): string;
}

const syntaxes: Readonly<Record<Shell, Syntax>> = {
  sh: {
    quote: (text) => `'${text.replaceAll("'", `'\\''`)}'`,
    set: (name, value) => `export ${name}=${value}`,
    unset: (name) => `unset ${name}`,
  },
  fish: {
    quote: (text) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`,
    set: (name, value) => `set -gx ${name} ${value};`,
    unset: (name) => `set -e ${name};`,
  },
  powershell: {
    quote: (text) => `'${text.replaceAll("'", "''")}'`,
    set: (name, value) => `$env:${name} = ${value}`,
    unset: (name) => `Remove-Item -ErrorAction SilentlyContinue Env:${name}`,
  },
};

/** Lines that set each variable, or unset it where the value is undefined. */
export function shellLines(
  shell: Shell,
  variables: Readonly<Record<string, string | undefined>>,
): string[] {
  const { quote, set, unset } = syntaxes[shell];
  return Object.entries(variables).map(([name, value]) =>
    value === undefined ? unset(name) : set(name, quote(value)),
  );
}
