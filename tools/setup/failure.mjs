// @ts-check

/** A failure of the set-up that the user can fix: the message says what failed, where, and the cure. */
export class SetupError extends Error {
  /** @override */
  name = "SetupError";
  /** The exit code: 1 failure, 2 wrong use, 128 + n for signal n. */
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
  EROFS: "the file system is read-only: use a writable folder",
  EACCES: "no permission to write there: change the owner or use another folder",
  EPERM: "no permission to write there: change the owner or use another folder",
  ENOTDIR: "a part of the path is a file, not a folder: move it or use another folder",
};

/**
 * The message for an error of the file system, with the cure; `undefined` for other errors.
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
 * One sentence for any thrown value.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function sentence(error) {
  return fileFault(error) ?? (error instanceof Error ? error.message : String(error));
}

/** A signal to this process interrupted a program that it ran. */
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
