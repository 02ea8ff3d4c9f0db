import { mkdir } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Interrupted } from "../setup/failure.mjs";
import { isWritable } from "../setup/folder.mjs";
import { type Outcome, run } from "../setup/process.mjs";
import { executable } from "./cache.ts";
import { pinnedVersion } from "./version.ts";

/** The Go version that the pinned modules need, as in tools/engine/go.mod. */
export const neededGo = [1, 26] as const;

/** The first Go that can download a newer toolchain. */
const firstWithToolchains = 21;

const command = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const versionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/**
 * Builds the CLI from the Go modules that tools/engine/go.mod and go.sum pin, to `<aside>/install/bin`. Go compares every module
 * with its checksum in go.sum. It takes about three minutes on two cores and 110 MB, and includes no language host.
 *
 * @param onStart receives the id of the compiler's process, which may outlive a killed run
 */
export async function buildEngine(aside: string, onStart: (pid: number) => void): Promise<void> {
  const fault = unsuitableGo(await localGo());
  if (fault !== undefined) throw new Error(fault);
  const target = path.join(aside, "install", "bin", executable);
  await mkdir(path.dirname(target), { recursive: true });
  const flags = ["-trimpath", "-buildvcs=false", "-mod=readonly"];
  const link = `-s -w -X ${versionVariable}=${pinnedVersion}`;
  const outcome = await run("go", ["build", ...flags, "-ldflags", link, "-o", target, command], {
    cwd: import.meta.dirname,
    env: await buildEnvironment(path.dirname(aside)),
    onStart,
  });
  if (outcome.interrupted !== undefined) throw new Interrupted(outcome.interrupted);
  if (outcome.code !== 0) throw new Error(buildFault(outcome));
}

/** The Go on PATH, without a toolchain that it would download; `undefined` when there is none. */
async function localGo(): Promise<GoInstallation | undefined> {
  const { code, output } = await run("go", ["env", "GOVERSION"], {
    cwd: os.tmpdir(),
    env: { ...process.env, GOTOOLCHAIN: "local", GOWORK: "off" },
  });
  if (code !== 0) return undefined;
  const settings = await run("go", ["env", "GOTOOLCHAIN"], { cwd: os.tmpdir() });
  return { version: output.trim(), toolchain: settings.output.trim() };
}

export interface GoInstallation {
  /** As Go writes it, for example `go1.26.8`. */
  readonly version: string;
  /** GOTOOLCHAIN: values like `auto` let it download a newer Go, `local` does not. */
  readonly toolchain: string;
}

/** Why a Go cannot build the CLI, with the cure, or `undefined` when it can. */
export function unsuitableGo(go: GoInstallation | undefined): string | undefined {
  const needed = neededGo.join(".");
  if (go === undefined) return `go is not on PATH: install Go ${needed} or newer`;
  const [, major = 0, minor = 0] = (/^go(\d+)\.(\d+)/.exec(go.version) ?? []).map(Number);
  if (major > neededGo[0] || (major === neededGo[0] && minor >= neededGo[1])) return undefined;
  if (major === 1 && minor >= firstWithToolchains && go.toolchain !== "local") return undefined;
  const cure = minor >= firstWithToolchains ? " or unset GOTOOLCHAIN" : "";
  return `${go.version || "the go on PATH"} is too old: install Go ${needed} or newer${cure}`;
}

/** The user's Go settings must not change the build, except for the sources and caches of modules. */
async function buildEnvironment(cache: string): Promise<NodeJS.ProcessEnv> {
  const { GOOS: _os, GOARCH: _arch, ...env } = process.env;
  const fixed = { ...env, GOFLAGS: "-mod=readonly", GOWORK: "off", CGO_ENABLED: "0" };
  const { output } = await run("go", ["env", "GOCACHE", "GOMODCACHE"], { cwd: os.tmpdir() });
  const [builds = "", modules = ""] = output.trim().split("\n");
  return {
    ...fixed,
    ...(isWritable(builds) ? {} : { GOCACHE: path.join(cache, "go-build") }),
    ...(isWritable(modules)
      ? {}
      : { GOMODCACHE: path.join(cache, "go-mod"), GOFLAGS: "-mod=readonly -modcacherw" }),
  };
}

/** The cause of a failed build, with the cure. */
export function buildFault({ code, output }: Pick<Outcome, "code" | "output">): string {
  if (/no space left|disk quota/i.test(output)) {
    return "the disk is full: the build needs about 4 GB, including Go's caches";
  }
  if (/checksum mismatch|SECURITY ERROR/.test(output)) {
    return `a Go module differs from its checksum, so nothing was built: ${lastLine(output)}`;
  }
  if (
    /dial tcp|no such host|i\/o timeout|connection refused|unrecognized import path/.test(output)
  ) {
    return `the Go modules cannot be downloaded: check the network and go env GOPROXY (${lastLine(output)})`;
  }
  return `go build ended with exit code ${code}: ${lastLine(output)}`;
}

function lastLine(output: string): string {
  return output.trim().split("\n").at(-1) || "no output";
}
