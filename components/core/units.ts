import { z } from "zod";

const secondsIn = { second: 1, minute: 60, hour: 3600, day: 86_400 } as const;
type TimeUnit = keyof typeof secondsIn;

/** A duration such as `5 minutes` or `1 day`. Whole numbers only. */
export type Duration = `${number} ${TimeUnit | `${TimeUnit}s`}`;

const bytesIn = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 } as const;
type SizeUnit = keyof typeof bytesIn;

/** An amount of memory or storage in binary units: `50 GiB`. Whole numbers only. */
export type Size = `${number} ${SizeUnit}`;

const durationPattern = /^([1-9]\d*) (second|minute|hour|day)s?$/;
const sizePattern = /^([1-9]\d*) (KiB|MiB|GiB|TiB)$/;

/** The maximum of every setting: a hundred years, which in milliseconds is an integer in every API. */
const longest: Duration = "36500 days";

/** The maximum size: 4 PiB in bytes. */
const largest: Size = "4096 TiB";

/** A schema for a duration in a range; the maximum is a hundred years. */
export function durationText(range: { min?: Duration; max?: Duration } = {}) {
  const { min, max = longest } = range;
  return z
    .custom<Duration>(isDuration, {
      error: 'must be a duration such as "5 minutes"',
      abort: true,
    })
    .refine((text) => min === undefined || seconds(text) >= seconds(min), {
      error: `must be at least ${min}`,
    })
    .refine((text) => seconds(text) <= seconds(max), {
      error: `must be at most ${max}`,
    })
    .meta({ type: "string", pattern: durationPattern.source, examples: ["5 minutes"] });
}

/** A schema for a size in a range; the maximum is 4 PiB. */
export function sizeText(range: { min?: Size; max?: Size } = {}) {
  const { min, max = largest } = range;
  return z
    .custom<Size>(isSize, { error: 'must be a size such as "50 GiB"', abort: true })
    .refine((text) => min === undefined || bytes(text) >= bytes(min), {
      error: `must be at least ${min}`,
    })
    .refine((text) => bytes(text) <= bytes(max), {
      error: `must be at most ${max}`,
    })
    .meta({ type: "string", pattern: sizePattern.source, examples: ["50 GiB"] });
}

export function isDuration(value: unknown): value is Duration {
  return typeof value === "string" && durationPattern.test(value);
}

export function isSize(value: unknown): value is Size {
  return typeof value === "string" && sizePattern.test(value);
}

export function seconds(duration: Duration): number {
  const [, amount, unit] = durationPattern.exec(duration) ?? [];
  if (amount === undefined) throw new TypeError(`not a duration: ${duration}`);
  return Number(amount) * secondsIn[unit as TimeUnit];
}

/** Whole days, rounded up, for retention settings. */
export function days(duration: Duration): number {
  return Math.ceil(seconds(duration) / secondsIn.day);
}

/** The format of Google Cloud's APIs: `300s`. */
export function googleDuration(duration: Duration): string {
  return `${seconds(duration)}s`;
}

/** The format of Go, Kubernetes and Karpenter, which have no days: `1h30m`. */
export function goDuration(duration: Duration): string {
  return goDurationOf(seconds(duration));
}

/** The same, from a number of seconds. */
export function goDurationOf(total: number): string {
  const parts = [
    [Math.floor(total / secondsIn.hour), "h"],
    [Math.floor((total % secondsIn.hour) / secondsIn.minute), "m"],
    [total % secondsIn.minute, "s"],
  ] as const;
  return parts.map(([amount, unit]) => (amount > 0 ? `${amount}${unit}` : "")).join("") || "0s";
}

/** The ISO 8601 format: `PT1H30M`. */
export function isoDuration(duration: Duration): string {
  return `PT${goDuration(duration).toUpperCase()}`;
}

export function bytes(size: Size): number {
  const [, amount, unit] = sizePattern.exec(size) ?? [];
  if (amount === undefined) throw new TypeError(`not a size: ${size}`);
  return Number(amount) * bytesIn[unit as SizeUnit];
}

/** Whole GiB, rounded up, for disks of AWS and Google Cloud. */
export function gibibytes(size: Size): number {
  return Math.ceil(bytes(size) / bytesIn.GiB);
}

/** The format of Kubernetes: `50Gi`. */
export function quantity(size: Size): string {
  return size.replace(" ", "").replace(/B$/, "");
}
