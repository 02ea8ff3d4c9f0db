import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileFault } from "../setup/failure.mjs";
import { run } from "../setup/process.mjs";
import type { Report } from "../setup/steps.mjs";
import { type Digest, digestOf } from "./digests.ts";
import { pinnedVersion } from "./version.ts";

/** Pulumi's releases; `ATOLL_PULUMI_RELEASES` is a mirror with the same layout. */
const vendorReleases = "https://github.com/pulumi/pulumi/releases/download";

export interface DownloadLimits {
  /** Timeout of the server's answer, in milliseconds. */
  readonly answer: number;
  /** Timeout between bytes of the download, in milliseconds. */
  readonly stall: number;
}

const defaultLimits: DownloadLimits = { answer: 8000, stall: 20_000 };

/** Platforms with releases: Node's names by those in Pulumi's file names. */
const platforms: Readonly<Record<string, string>> = {
  "linux-x64": "linux-x64.tar.gz",
  "linux-arm64": "linux-arm64.tar.gz",
  "darwin-x64": "darwin-x64.tar.gz",
  "darwin-arm64": "darwin-arm64.tar.gz",
  "win32-x64": "windows-x64.zip",
  "win32-arm64": "windows-arm64.zip",
};

/** The file name of a platform's release, or `undefined` when there is none. */
export function archiveName(platform: string, arch: string): string | undefined {
  const suffix = platforms[`${platform}-${arch}`];
  return suffix === undefined ? undefined : `pulumi-v${pinnedVersion}-${suffix}`;
}

/** The SHA-256 of `name` in a checksums file: one line per file, with the digest, two spaces and the name. */
export function checksumOf(checksums: string, name: string): string | undefined {
  const lines = checksums.split("\n").map((line) => line.trim().split(/\s+\*?/));
  const digest = lines.find(([, file]) => file === name)?.[0];
  return digest !== undefined && /^[0-9a-f]{64}$/i.test(digest) ? digest.toLowerCase() : undefined;
}

/**
 * Downloads Pulumi's release for this platform, compares it with the repository's digest, and unpacks it to `<aside>/install/bin`. It
 * includes the CLI and its language hosts.
 *
 * @param options.known the repository's digest of an archive. Where it has none, the archive is compared with the checksums that are
 *   published beside it, which is reported
 */
export async function fetchRelease(
  aside: string,
  {
    releases = process.env.ATOLL_PULUMI_RELEASES || vendorReleases,
    limits = defaultLimits,
    known = digestOf,
    report = process.stderr as Report,
  } = {},
): Promise<void> {
  const name = archiveName(process.platform, process.arch);
  if (name === undefined) {
    throw new Error(`there is no release for ${process.platform}-${process.arch}`);
  }
  refuseInsecure(releases);
  const base = `${releases}/v${pinnedVersion}`;
  const pinned = known(name);
  if (pinned === undefined) {
    report.write(
      `set-up: the repository has no digest of ${name}: it is compared only with the checksums published beside it\n`,
    );
  }
  const wanted = pinned ?? (await publishedDigest(base, name, limits));

  const archive = path.join(aside, name);
  const got = await save(await request(`${base}/${name}`, limits), archive, wanted, limits);
  if (got !== wanted.hex) {
    await rm(archive);
    const label = wanted.algorithm === "sha256" ? "SHA-256" : "SHA-512";
    throw new Error(
      `${base}/${name} has ${label} ${got}, ${pinned ? "the repository has" : "published is"} ${wanted.hex}: it was deleted`,
    );
  }
  await unpack(archive, aside);
  await rm(archive);
}

async function publishedDigest(
  base: string,
  name: string,
  limits: DownloadLimits,
): Promise<Digest> {
  const published = await request(`${base}/pulumi-${pinnedVersion}-checksums.txt`, limits);
  const hex = checksumOf(await text(published, limits), name);
  if (hex === undefined) throw new Error(`${published.url} has no SHA-256 for ${name}`);
  return { algorithm: "sha256", hex };
}

/** Refuses addresses that anybody on the network could answer. This machine's own are for tests. */
function refuseInsecure(address: string): void {
  const { protocol, hostname } = parseAddress(address);
  const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
  if (protocol === "https:" || (protocol === "http:" && isLoopback)) return;
  throw new Error(`${address} is not an https address, which a mirror of releases must have`);
}

function parseAddress(address: string): Pick<URL, "protocol" | "hostname"> {
  try {
    return new URL(address);
  } catch {
    return { protocol: "", hostname: "" };
  }
}

async function request(url: string, { answer }: DownloadLimits): Promise<Response> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), answer);
  try {
    const response = await fetch(url, { signal: abort.signal });
    refuseInsecure(response.url);
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    return response;
  } catch (error) {
    if (abort.signal.aborted) throw new Error(`${url} did not answer within ${answer / 1000} s`);
    if (error instanceof TypeError) throw new Error(`${url} cannot be reached (${reason(error)})`);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** The message of `fetch` is always "fetch failed"; the reason is in its cause. */
function reason(error: Error): string {
  const cause = error.cause;
  return cause instanceof Error ? cause.message || cause.name : error.message;
}

async function text(response: Response, limits: DownloadLimits): Promise<string> {
  const chunks: Buffer[] = [];
  await receive(response, limits, async (bytes) => {
    for await (const chunk of bytes) chunks.push(chunk);
  });
  return Buffer.concat(chunks).toString("utf8");
}

async function save(
  response: Response,
  file: string,
  { algorithm }: Digest,
  limits: DownloadLimits,
): Promise<string> {
  const hash = createHash(algorithm);
  await receive(response, limits, async (bytes) => {
    const hashing = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    await pipeline(bytes, hashing, createWriteStream(file));
  });
  return hash.digest("hex");
}

/** Reads a body. One that ends early or stalls is an error. */
async function receive(
  response: Response,
  { stall }: DownloadLimits,
  consume: (bytes: Readable) => Promise<void>,
): Promise<void> {
  if (response.body === null) throw new Error(`${response.url} sent an empty answer`);
  const bytes = Readable.fromWeb(response.body);
  let stalled = false;
  const giveUp = () => {
    stalled = true;
    bytes.destroy(new Error("stalled"));
  };
  let timer = setTimeout(giveUp, stall);
  bytes.on("data", () => {
    clearTimeout(timer);
    timer = setTimeout(giveUp, stall);
  });
  try {
    await consume(bytes);
  } catch (error) {
    if (stalled) throw new Error(`${response.url} sent nothing for ${stall / 1000} s`);
    if (fileFault(error) !== undefined) throw error;
    throw new Error(`${response.url} broke off the download`);
  } finally {
    clearTimeout(timer);
  }
}

/** The archive has one folder, `pulumi`, with the programs in it or, on Windows, in its `bin`. */
async function unpack(archive: string, aside: string): Promise<void> {
  const { code, output } = await run("tar", ["-xf", archive, "-C", aside]);
  if (code !== 0) throw new Error(`tar could not unpack ${archive}: ${output.trim()}`);
  const unpacked = path.join(aside, "pulumi");
  const folder = (await readdir(unpacked)).includes("bin") ? path.join(unpacked, "bin") : unpacked;
  await mkdir(path.join(aside, "install"));
  await rename(folder, path.join(aside, "install", "bin"));
}
