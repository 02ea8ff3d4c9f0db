/** What the functions are invoked with. Pure. */
import { declarationProblems } from "./declaration.mjs";

/**
 * @typedef {object} Place
 * @property {string} host of the writer
 * @property {number} port
 *
 * @typedef {object} Change
 * @property {"create" | "update" | "delete"} action
 * @property {Place} server
 * @property {boolean} retain refuses its removal
 * @property {import("./declaration.mjs").Declaration} declaration
 */

/**
 * @param {unknown} event
 * @param {string} region
 * @returns {Change}
 */
export function changeOf(event, region) {
  const { tf, server, retain, declaration, ...rest } = recordOf(event);
  const { action } = recordOf(tf);
  const problems = [
    ...(Object.keys(rest).length === 0 ? [] : [`unknown fields: ${Object.keys(rest).join(", ")}`]),
    ...(["create", "update", "delete"].includes(String(action)) ? [] : ["tf.action is unknown"]),
    ...(typeof retain === "boolean" ? [] : ["retain must be true or false"]),
    ...serverProblems(server, region),
    ...declarationProblems(declaration),
  ];
  if (problems.length > 0) throw new Error(`the input is not valid: ${problems.join("; ")}`);
  return /** @type {Change} */ ({ action, server, retain, declaration });
}

/**
 * Only clusters of the region: tokens and passwords are sent to no other host.
 *
 * @param {unknown} server
 * @param {string} region
 * @returns {string[]}
 */
export function serverProblems(server, region) {
  const { host, port, ...rest } = recordOf(server);
  const ours = new RegExp(
    `^[a-z0-9-]+\\.cluster-[a-z0-9]+\\.${region}\\.rds\\.amazonaws\\.com(\\.cn)?$`,
  );
  return [
    ...(ours.test(String(host)) ? [] : ["server.host must be the writer of an Aurora cluster"]),
    ...(Number.isInteger(port) && Number(port) > 0 && Number(port) < 65_536
      ? []
      : ["server.port must be a port"]),
    ...(Object.keys(rest).length === 0 ? [] : ["server has unknown fields"]),
  ];
}

/** @param {unknown} value @returns {Record<string, unknown>} */
export function recordOf(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? /** @type {Record<string, unknown>} */ (value)
    : {};
}
