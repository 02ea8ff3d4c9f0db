/** Runs the command in a process of its own, and measures it with everything that it starts. */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";

export interface Run {
  /** Seconds. */
  readonly wall: number;
  /** Seconds of processors, with those of ended processes that it started; undefined where /proc does not tell. */
  readonly cpu: number | undefined;
  /** Bytes: the largest resident size of the process, and of any that it started. 0 where /proc does not tell. */
  readonly peak: number;
  readonly peakOfOthers: number;
}

const main = path.resolve(import.meta.dirname, "../cli/main.ts");
const sampleMilliseconds = 500;

export async function runAtoll(
  args: readonly string[],
  { config, state }: { readonly config: string; readonly state: string },
): Promise<Run> {
  const env = { ...process.env, ATOLL_CONFIG_DIR: config, ATOLL_STATE_DIR: state };
  const [started, cpu] = [performance.now(), processorSeconds()];
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", main, ...args], {
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-5000);
  });
  let [peak, peakOfOthers] = [0, 0];
  const sample = () => {
    const pid = child.pid ?? 0;
    peak = Math.max(peak, residentPeak(pid));
    peakOfOthers = Math.max(peakOfOthers, ...descendants(pid).map(residentPeak));
  };
  const timer = setInterval(sample, sampleMilliseconds);
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  clearInterval(timer);
  if (code !== 0) throw new Error(`atoll ${args.join(" ")} ended with ${code}:\n${said}`);
  return { wall: (performance.now() - started) / 1000, ...spent(cpu), peak, peakOfOthers };
}

/** The processor time since an earlier reading. */
export function spent(before: number | undefined): Pick<Run, "cpu"> {
  const now = processorSeconds();
  return { cpu: before === undefined || now === undefined ? undefined : now - before };
}

/** Clock ticks a second in /proc: USER_HZ, which is 100 on all platforms that Node.js runs on. */
const ticks = 100;

/** Seconds of this process and of its ended children, which count theirs in the same way: proc_pid_stat(5), fields 14 to 17. */
export function processorSeconds(): number | undefined {
  const text = read("/proc/self/stat");
  if (text === undefined) return undefined;
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) / ticks;
}

function residentPeak(pid: number): number {
  const [, kibibytes = "0"] = /^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? "") ?? [];
  return Number(kibibytes) * 1024;
}

function descendants(pid: number): number[] {
  const children = (read(`/proc/${pid}/task/${pid}/children`) ?? "").trim().split(" ");
  return children.flatMap((child) =>
    child === "" ? [] : [Number(child), ...descendants(Number(child))],
  );
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Bytes of the states of all stacks. */
export function stateBytes(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      ({ parentPath, name }) =>
        /\/\.pulumi\/stacks\//.test(`${parentPath}/`) && name.endsWith(".json"),
    )
    .reduce((sum, { parentPath, name }) => sum + statSync(path.join(parentPath, name)).size, 0);
}
