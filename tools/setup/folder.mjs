// @ts-check
import fs from "node:fs";
import path from "node:path";

/**
 * Makes a folder and those above it. Not by `mkdir` with `recursive`, which never ends below a folder that claims to be writable
 * and is not, such as /proc: a home folder that does not exist may well be named there.
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
      // Another process may have made it in between.
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    }
  }
}

/**
 * Whether a folder can be written; it is made when it is missing.
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
