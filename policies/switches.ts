import type { Report } from "./report.ts";

/** A switch that has to be on and that the provider leaves off: not giving it is as wrong as turning it off. */
export function requireOn(
  path: string,
  read: () => boolean | undefined,
  why: string,
  report: Report,
): void {
  report.part(() => {
    const value = read();
    if (value === undefined || value === null) report.lacking(path, `is not given: ${why}`);
    else if (!value) report.wrong(path, value, why);
  });
}

/** A switch that the provider leaves on and that nobody may turn off. */
export function refuseOff(
  path: string,
  read: () => boolean | undefined,
  why: string,
  report: Report,
): void {
  report.part(() => {
    if (read() === false) report.wrong(path, false, why);
  });
}

/** A switch that the provider leaves off and that nobody may turn on. */
export function refuseOn(
  path: string,
  read: () => boolean | undefined,
  why: string,
  report: Report,
): void {
  report.part(() => {
    if (read() === true) report.wrong(path, true, why);
  });
}
