// @ts-check

/** A failure of the set-up that the user can put right: the message says what failed, where, and the cure. */
export class SetupError extends Error {
  /** @override */
  name = "SetupError";
  /** What the process ends with: 1 failed, 2 wrong use, 128 + n for signal n. */
  exitCode;

  /**
   * @param {string} message
   * @param {number} [exitCode]
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** @type {Record<string, string>} */
const fileFaults = {
  ENOSPC: "the disk is full: free some space",
  EDQUOT: "the disk quota is used up: free some space",
  EROFS: "the file system is read-only: use a folder that can be written",
  EACCES: "no permission to write there: change the owner or use another folder",
  EPERM: "no permission to write there: change the owner or use another folder",
  ENOTDIR: "a part of the path is a file, not a folder: move it away or use another folder",
};

/**
 * The words for a fault of the file system, with the cure; `undefined` when it is none.
 *
 * @param {unknown} error
 * @returns {string | undefined}
 */
export function fileFault(error) {
  const { code, path } = /** @type {NodeJS.ErrnoException} */ (error ?? {});
  const words = code === undefined ? undefined : fileFaults[code];
  return words === undefined ? undefined : `cannot write${path ? ` ${path}` : ""}: ${words}`;
}

/**
 * One sentence for whatever was thrown.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function sentence(error) {
  return fileFault(error) ?? (error instanceof Error ? error.message : String(error));
}

/** A program that was run was interrupted by a signal to this process. */
export class Interrupted extends Error {
  /** @override */
  name = "Interrupted";
  signal;

  /** @param {NodeJS.Signals} signal */
  constructor(signal) {
    super(`interrupted by ${signal}`);
    this.signal = signal;
  }
}
