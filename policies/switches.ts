import type { Report } from "./report.ts";

/** A switch that must be on and is off by default: it must be set. */
export function requireOn(
  path: string,
  read: () => boolean | undefined,
  why: string,
  report: Report,
): void {
  report.part(() => {
    const value = read();
    if (value === undefined || value === null) report.lacking(path, `is not set: ${why}`);
    else if (!value) report.wrong(path, value, why);
  });
}

/** A switch that is on by default and must not be turned off. */
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

/** A switch that is off by default and must not be turned on. */
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
