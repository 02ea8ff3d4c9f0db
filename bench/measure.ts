/** Timing for benchmarks: both sides of a ratio are measured in turn, in one run, so that a busy machine slows both. */
import { performance } from "node:perf_hooks";

export interface Ratio {
  readonly name: string;
  /** The most that it may be, from the design; printed beside the figure, asserted nowhere. */
  readonly bar: number;
  readonly ratio: number;
  /** Medians in milliseconds. */
  readonly measured: number;
  readonly against: number;
  readonly rounds: number;
}

/** Runs the two in turn, after one unmeasured round each, and compares their medians. */
export async function ratio(
  name: string,
  bar: number,
  measured: () => Promise<void>,
  against: () => Promise<void>,
  rounds: number,
): Promise<Ratio> {
  await measured();
  await against();
  const times: { measured: number[]; against: number[] } = { measured: [], against: [] };
  for (let round = 0; round < rounds; round++) {
    times.measured.push(await milliseconds(measured));
    times.against.push(await milliseconds(against));
  }
  const medians = { measured: median(times.measured), against: median(times.against) };
  return { name, bar, ratio: medians.measured / medians.against, ...medians, rounds };
}

async function milliseconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The middle value; of an even number, the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
