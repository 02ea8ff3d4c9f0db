/** `atoll tenant offboard`: takes a tenant's access, destroys what it has, and certifies it. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { configFile } from "../../../footprint/files/config-files.ts";
import {
  type Item,
  isSignedBy,
  readCertificate,
  type SignedCertificate,
  sha256,
  signed,
  signingKey,
} from "../../../operations/offboarding/certificate.ts";
import {
  heldBack,
  type OffboardingPlan,
  planOffboarding,
} from "../../../operations/offboarding/plan.ts";
import { agree, refuseUnasked } from "../../agree.ts";
import { withEnvironment } from "../../engine/environment.ts";
import { type ExitCode, exitCodes, Failure } from "../../failure.ts";
import type { Io } from "../../io.ts";
import { packageVersion } from "../../version.ts";
import { destroy } from "../destroy.ts";
import { up } from "../up.ts";
import { writeAll } from "./files.ts";
import { changed, type FoundTenant, findTenant } from "./found.ts";
import { inventoryOf, leftOf } from "./inventory.ts";
import { offboardingText } from "./offboard-text.ts";

export interface OffboardOptions {
  readonly tenant: string;
  readonly env?: string;
  /** A file with an Ed25519 private key in PEM. */
  readonly key?: string;
  /** The certificate's file. @default `<stack>.certificate.json` */
  readonly output?: string;
  /** Says that the exports, and the deletions of objects, are done. */
  readonly exported?: boolean;
  readonly plan?: boolean;
  readonly rehearse?: boolean;
  readonly yes?: boolean;
}

/** What is known of an off-boarding that is not finished. */
interface Started {
  readonly started: string;
  readonly before: Readonly<Record<string, readonly Item[]>>;
  readonly manifest: string;
}

export async function offboard(io: Io, options: OffboardOptions): Promise<ExitCode> {
  const found = await findTenant(options);
  const { stack, environment } = found;
  const today = new Date().toISOString().slice(0, 10);
  const tenant = found.planned(found.text(), `tenant "${stack}" cannot leave; nothing was changed`);
  const held = heldBack(tenant, today);
  if (held !== undefined) {
    throw new Failure(
      "environment-protected",
      `${held}; nothing was changed`,
      "remove the cause from the tenant's manifest first",
    );
  }
  const plan = planOffboarding(tenant, today);
  const before = await inventoryOf(quiet(io), found, options.rehearse);
  io.say(offboardingText(plan, before));
  if (options.plan) {
    io.result({ ...plan, before });
    return exitCodes.done;
  }
  const key = readKey(options.key);
  const output = options.output ?? `${stack}.certificate.json`;
  const consent = {
    otherwise: `off-boarding ${stack} was not confirmed; nothing was changed`,
    cure: "review it with --plan, then run it again with --yes or in a terminal",
  };
  refuseUnasked(io, options.yes === true, consent);
  await refuseUnexported(io, found, plan, options);
  await agree(io, options.yes === true, {
    question: `Destroy all of this, and the data of ${stack}?`,
    ...consent,
  });
  const start = begin(`${output}.started`, found, before);
  const failed = await takeAway(quiet(io), found, options);
  if (failed !== undefined) return failed;
  const left = await leftOf(quiet(io), found, options.rehearse);
  if (Object.keys(left).length > 0) {
    throw new Failure(
      "deployment-failed",
      `${stack} was destroyed, but resources of the tenant are left: no certificate was written`,
      "delete them, and run the same command again",
      Object.values(left)
        .flat()
        .map(({ urn }) => urn)
        .join("\n"),
    );
  }
  const certificate = signed(
    {
      kind: "atoll.dev/offboarding-certificate",
      version: 1,
      atoll: packageVersion(),
      tenant: tenant.name,
      environment,
      rehearsal: found.isRehearsed,
      started: start.started,
      ended: new Date().toISOString(),
      before: start.before,
      after: left,
      kept: plan.kept,
      hashes: { manifest: start.manifest, before: sha256(start.before), after: sha256(left) },
    },
    key,
  );
  writeFileSync(output, `${JSON.stringify(certificate, null, 2)}\n`);
  // The history of the repository keeps it; the certificate has its hash.
  rmSync(found.file, { force: true });
  rmSync(`${output}.started`, { force: true });
  io.say(`\nwrote ${output}, and deleted ${configFile(stack)}: nothing of ${stack} is left`);
  for (const { store, what, until } of plan.kept)
    io.say(`  kept until ${until}: ${store}, ${what}`);
  io.result({ file: output, ...certificate });
  return exitCodes.done;
}

/** @throws Failure `confirmation-missing` */
async function refuseUnexported(
  io: Io,
  { stack, isRehearsed }: FoundTenant,
  { exports, purges }: OffboardingPlan,
  { exported, yes }: OffboardOptions,
): Promise<void> {
  if (exports.length + purges.length === 0 || exported || (isRehearsed && yes)) return;
  if (
    io.interactive &&
    (await io.confirm("Are exports and deletions of objects done and verified?"))
  )
    return;
  throw new Failure(
    "confirmation-missing",
    `the data of ${stack} must be exported first, and its objects deleted; nothing was changed`,
    "run the commands of the plan, then add --exported",
  );
}

/** Keeps what was there before the first change: a failed run continues with it. */
function begin(
  file: string,
  found: FoundTenant,
  before: Readonly<Record<string, readonly Item[]>>,
): Started {
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Started;
  const started = { started: new Date().toISOString(), before, manifest: sha256(found.text()) };
  writeFileSync(file, `${JSON.stringify(started, null, 2)}\n`);
  return started;
}

/** Access first, then everything. @returns an exit code to stop with */
async function takeAway(
  io: Io,
  found: FoundTenant,
  { rehearse }: OffboardOptions,
): Promise<ExitCode | undefined> {
  const { stack, file } = found;
  const at = { asked: stack, yes: true, ...(rehearse === undefined ? {} : { rehearse }) };
  const namespaces = found.planned(found.text(), `tenant "${stack}" cannot leave`).sections
    .namespaces;
  const { operators: _, ci: __, ...spaces } = (namespaces ?? {}) as Record<string, unknown>;
  const text = changed(found.text(), {
    state: "suspended",
    partners: undefined,
    namespaces: Object.keys(spaces).length === 0 ? undefined : spaces,
  });
  if (Object.keys(await inventoryOf(io, found, rehearse)).length > 0) {
    writeAll(new Map([[file, text]]));
    const revoked = await up(io, at);
    if (revoked !== exitCodes.done) return revoked;
    // Protection is lifted for this stack alone.
    const destroyed = await destroy(io, { ...at, liftProtection: true });
    if (destroyed !== exitCodes.done) return destroyed;
  }
  await withEnvironment(
    io,
    {
      asked: stack,
      claimedBy: `tenant offboard ${stack}`,
      ...(rehearse === undefined ? {} : { rehearse }),
    },
    async ({ session }) => {
      await session.pulumi(["stack", "rm", stack, "--yes"]);
    },
  );
  return undefined;
}

/** @throws Failure `file-unusable`, `bad-usage` */
function readKey(file: string | undefined) {
  if (file === undefined) {
    throw new Failure(
      "bad-usage",
      "the certificate needs a key to be signed with; nothing was changed",
      "add --key with a file that `openssl genpkey -algorithm ed25519` wrote",
    );
  }
  try {
    return signingKey(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Failure(
      "file-unusable",
      `${file} is not an Ed25519 private key in PEM; nothing was changed`,
      "write one with `openssl genpkey -algorithm ed25519`",
      String((error as Error).message),
    );
  }
}

/** The result of a command is printed once. */
function quiet(io: Io): Io {
  return { ...io, say: (line) => io.note(line), result: () => undefined };
}

export interface VerifyOptions {
  readonly file: string;
  /** A file with the public key in PEM. */
  readonly key: string;
}

export async function verifyCertificate(io: Io, { file, key }: VerifyOptions): Promise<ExitCode> {
  let isValid: boolean;
  let certificate: SignedCertificate;
  try {
    certificate = readCertificate(readFileSync(file, "utf8"));
    isValid = isSignedBy(certificate, readFileSync(key, "utf8"));
  } catch (error) {
    throw new Failure(
      "file-unusable",
      `${path.basename(file)} cannot be verified: ${(error as Error).message}`,
      "name a certificate of `atoll tenant offboard`, and the public key in PEM",
    );
  }
  io.result({ file, valid: isValid });
  if (isValid) {
    const { tenant, environment, ended, kept } = certificate.certificate;
    io.say(`valid: ${tenant} left ${environment} at ${ended}; ${kept.length} things are kept`);
    return exitCodes.done;
  }
  io.say("not valid: it was changed, or signed with another key");
  return exitCodes.failed;
}
