/** The token with which a role signs in to Aurora as a user that IAM authenticates, valid for 15 minutes. */
import { createHash, createHmac } from "node:crypto";

/**
 * @typedef {object} Credentials of the function's role
 * @property {string} accessKeyId
 * @property {string} secretAccessKey
 * @property {string} [sessionToken]
 */

/**
 * A URL of the action `rds-db:connect`, signed with Signature Version 4, without its scheme. Sources: "Connecting to your DB cluster
 * using IAM authentication", Aurora user guide; "Create a signed AWS API request", IAM user guide.
 *
 * @param {{ host: string, port: number, user: string, region: string }} to
 * @param {Credentials} credentials
 * @param {Date} [now]
 */
export function signInToken({ host, port, user, region }, credentials, now = new Date()) {
  const time = now.toISOString().replace(/[-:]|\.\d{3}/g, "");
  const scope = `${time.slice(0, 8)}/${region}/rds-db/aws4_request`;
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const parameters = {
    Action: "connect",
    DBUser: user,
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": `${accessKeyId}/${scope}`,
    "X-Amz-Date": time,
    "X-Amz-Expires": "900",
    ...(sessionToken === undefined ? {} : { "X-Amz-Security-Token": sessionToken }),
    "X-Amz-SignedHeaders": "host",
  };
  const query = Object.entries(parameters)
    .map(([key, value]) => `${encoded(key)}=${encoded(value)}`)
    .sort()
    .join("&");
  const request = ["GET", "/", query, `host:${host}:${port}`, "", "host", hash("")].join("\n");
  const text = ["AWS4-HMAC-SHA256", time, scope, hash(request)].join("\n");
  const key = scope
    .split("/")
    .reduce(
      (/** @type {string | Buffer} */ secret, part) => hmac(secret, part),
      `AWS4${secretAccessKey}`,
    );
  return `${host}:${port}/?${query}&X-Amz-Signature=${hmac(key, text).toString("hex")}`;
}

/** @param {string} text */
function encoded(text) {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** @param {string} text */
function hash(text) {
  return createHash("sha256").update(text).digest("hex");
}

/** @param {string | Buffer} key @param {string} text */
function hmac(key, text) {
  return createHmac("sha256", key).update(text).digest();
}
