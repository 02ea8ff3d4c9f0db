/**
 * `npm run bench:fleet -- SIZE...`: what a tenant costs in fleets of several sizes, and against an empty program. Everything is measured
 * in one run on this machine, in scratch folders, on the embedded cloud.
 */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { emptyStacks } from "./fleet-empty.ts";
import { environment, writeFleet } from "./fleet-footprint.ts";
import { type Run, runAtoll, stateBytes } from "./fleet-run.ts";

/** Stacks at the same time, on both sides. */
const atOnce = Math.max(2, os.availableParallelism());

/** Stacks of the empty program: what one costs does not depend on how many there are. */
const mostEmpty = 50;

interface Fleet {
  readonly tenants: number;
  readonly up: Run;
  readonly list: Run;
  readonly check: Run;
  /** Bytes of state for each tenant. */
  readonly state: number;
}

async function fleetOf(tenants: number, scratch: string): Promise<Fleet> {
  const folder = path.join(scratch, `fleet-${tenants}`);
  const config = path.join(folder, "config");
  const atoll = (...args: string[]) =>
    runAtoll(args, { config, state: path.join(folder, "state") });
  writeFleet(config, 0);
  await atoll("up", environment);
  const before = stateBytes(folder);
  writeFleet(config, tenants);
  const some = ["--at-once", String(atOnce)];
  const up = await atoll("up", environment, "--tenants", ...some);
  const state = (stateBytes(folder) - before) / tenants;
  const list = await atoll("tenant", "list", environment);
  const check = await atoll("check", environment, ...some);
  return { tenants, up, list, check, state };
}

const seconds = (value: number) => `${value.toFixed(2)} s`;
const mebibytes = (value: number) => `${(value / 2 ** 20).toFixed(0)} MiB`;
const load = () => os.loadavg()[0]?.toFixed(1);

function line(name: string, { wall, cpu }: Run, of: number): void {
  const processors = cpu === undefined ? "" : `, processor ${seconds(cpu / of)}`;
  console.log(`  ${name}: ${seconds(wall / of)} a tenant${processors} (${seconds(wall)} in all)`);
}

/** The quotient of what a tenant costs in two fleets. */
function growth(name: string, pick: (fleet: Fleet) => number | undefined, bar: string): void {
  const [small, large] = [fleets[0], fleets.at(-1)];
  if (small === undefined || large === undefined || small === large) return;
  const [less, more] = [pick(small), pick(large)];
  if (less === undefined || more === undefined) return;
  console.log(
    `${name}, ${large.tenants} against ${small.tenants}: ${(more / less).toFixed(2)} ${bar}`,
  );
}

const sizes = process.argv.slice(2).map(Number);
if (sizes.some((size) => !Number.isInteger(size) || size < 1)) {
  console.error("usage: npm run bench:fleet -- <tenants>...");
  process.exit(2);
}
const scratch = mkdtempSync(path.join(os.tmpdir(), "atoll-bench-fleet-"));
const fleets: Fleet[] = [];
console.log(`${atOnce} stacks at once on ${os.availableParallelism()} processors, load ${load()}`);
try {
  for (const size of sizes.length === 0 ? [10, 40] : sizes) {
    const fleet = await fleetOf(size, scratch);
    fleets.push(fleet);
    console.log(`${size} tenants, load ${load()}:`);
    line("up from nothing", fleet.up, size);
    line("check", fleet.check, size);
    line("list", fleet.list, size);
    console.log(`  state: ${(fleet.state / 1024).toFixed(1)} KiB a tenant`);
    console.log(`  peak memory of atoll, which serves the cloud: ${mebibytes(fleet.up.peak)}`);
    console.log(`  peak memory of its largest other process: ${mebibytes(fleet.up.peakOfOthers)}`);
  }
  const last = fleets.at(-1);
  if (last !== undefined) {
    const count = Math.min(last.tenants, mostEmpty);
    const empty = await emptyStacks(count, atOnce, path.join(scratch, "empty"));
    console.log(`${count} stacks of an empty program, by pulumi up, load ${load()}:`);
    line("up from nothing", empty, count);
    const [ours, theirs] = [(60 * last.tenants) / last.up.wall, (60 * count) / empty.wall];
    console.log(
      `tenants a minute against stacks of an empty program: ${(ours / theirs).toFixed(2)} (bar 0.7; ${ours.toFixed(1)} / ${theirs.toFixed(1)})`,
    );
  }
  growth("time of a tenant", ({ up, tenants }) => up.wall / tenants, "(bar 1.1)");
  growth(
    "processor time of a tenant",
    ({ up: { cpu }, tenants }) => cpu && cpu / tenants,
    "(bar 1.1)",
  );
  growth("check of a tenant", ({ check, tenants }) => check.wall / tenants, "(bar 1.1)");
  growth("state of a tenant", ({ state }) => state, "(bar 1.0)");
  growth("peak memory of atoll", ({ up }) => up.peak, "(flat: 1.0)");
  growth("peak memory of its largest other process", ({ up }) => up.peakOfOthers, "(flat: 1.0)");
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
