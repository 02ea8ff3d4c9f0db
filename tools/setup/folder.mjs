// @ts-check
import fs from "node:fs";
import path from "node:path";

/**
 * Creates a folder and its parents. `mkdir` with `recursive` would never return in a folder that only claims to be writable, such as
 * /proc, where a missing home folder may be configured.
 *
 * @param {string} folder
 */
export function makeFolder(folder) {
  /** @type {string[]} */
  const missing = [];
  let above = path.resolve(folder);
  while (!fs.existsSync(above) && above !== path.dirname(above)) {
    missing.push(above);
    above = path.dirname(above);
  }
  for (const next of missing.reverse()) {
    try {
      fs.mkdirSync(next);
    } catch (error) {
      // Another process may have created it in the meantime.
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    }
  }
}

/**
 * Whether a folder is writable; it is created if it is missing.
 *
 * @param {string} folder
 * @returns {boolean}
 */
export function isWritable(folder) {
  try {
    makeFolder(folder);
    fs.accessSync(folder, fs.constants.W_OK);
    return fs.statSync(folder).isDirectory();
  } catch {
    return false;
  }
}
