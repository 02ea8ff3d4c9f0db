/** Errors of the file system and of SQLite that are no bugs: the file, what is wrong with it, and the cure. */
import { fileFault } from "../tools/setup/failure.mjs";
import { diskFull, fullDisk } from "./engine/disk.ts";
import { Failure } from "./failure.ts";

/** @returns undefined for other errors */
export function systemFailure(error: unknown): Failure | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, path, dest, message } = error as NodeJS.ErrnoException & { readonly dest?: string };
  const file = dest ?? path;
  const known = code === "ERR_SQLITE_ERROR" || "syscall" in error;
  if (known && (code === "ENOSPC" || fullDisk.test(message)))
    return diskFull(file ?? process.cwd());
  const fault = fileFault(error);
  if (fault !== undefined && file !== undefined)
    return new Failure(
      "file-unusable",
      fault.split(": ")[0] ?? fault,
      fault.split(": ").slice(1).join(": "),
      message,
    );
  if (code === "EIO" || code === "EMFILE")
    return new Failure(
      "file-unusable",
      `the system cannot ${code === "EIO" ? "read or write" : "open"} ${file ?? "a file"}: ${message}`,
      code === "EIO"
        ? "check the disk, and run the same command again"
        : "raise the limit of open files (`ulimit -n`)",
    );
  return undefined;
}
