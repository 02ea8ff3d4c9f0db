/** Handlers of the two functions of a cell on AWS: one for tenants' databases, and one that makes the role of the first. */
import { connectionsTo } from "./connection.mjs";
import { makeDatabase, removeDatabase } from "./databases.mjs";
import { changeOf, recordOf, serverProblems } from "./event.mjs";
import { provisioner, provisionerStatements } from "./provisioner.mjs";
import { signInToken } from "./token.mjs";

/**
 * Makes, changes or removes a tenant's database, signed in with IAM.
 *
 * @param {unknown} event
 */
export async function tenants(event) {
  const region = variable("AWS_REGION");
  const { action, server, retain, declaration } = changeOf(event, region);
  const { host, port } = server;
  const connect = connectionsTo(server, {
    user: provisioner,
    password: async () => signInToken({ host, port, user: provisioner, region }, credentials()),
  });
  if (action === "delete") {
    if (retain) throw new Error(`${declaration.name} is retained, and is not removed`);
    await removeDatabase(connect, declaration);
  } else {
    await makeDatabase(connect, declaration, { signIn: "rds_iam" });
  }
  return { name: declaration.name, action };
}

/**
 * Makes the role that the other function signs in as, with the master user's password.
 *
 * @param {unknown} event
 */
export async function setup(event) {
  const { tf, server, secret } = recordOf(event);
  const problems = serverProblems(server, variable("AWS_REGION"));
  if (problems.length > 0) throw new Error(`the input is not valid: ${problems.join("; ")}`);
  // The role goes with its cluster.
  if (recordOf(tf).action === "delete") return { name: provisioner, action: "delete" };
  const { username, password } = await secretOf(String(secret));
  const connect = connectionsTo(/** @type {import("./event.mjs").Place} */ (server), {
    user: username,
    password: async () => password,
  });
  const session = await connect("postgres");
  try {
    for (const statement of provisionerStatements) await session.run(statement);
  } finally {
    await session.end();
  }
  return { name: provisioner };
}

/** @param {string} id @returns {Promise<{ username: string, password: string }>} */
async function secretOf(id) {
  // Lambda's runtime has the SDK; nothing else does, and types are not worth a dependency.
  const module = "@aws-sdk/client-secrets-manager";
  const { GetSecretValueCommand, SecretsManagerClient } = await import(module);
  const found = await new SecretsManagerClient({}).send(
    new GetSecretValueCommand({ SecretId: id }),
  );
  return JSON.parse(found.SecretString);
}

function credentials() {
  return {
    accessKeyId: variable("AWS_ACCESS_KEY_ID"),
    secretAccessKey: variable("AWS_SECRET_ACCESS_KEY"),
    sessionToken: variable("AWS_SESSION_TOKEN"),
  };
}

/** @param {string} name */
function variable(name) {
  const { [name]: value } = process.env;
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}
