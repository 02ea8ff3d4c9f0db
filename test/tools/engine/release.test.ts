// The server is a loopback stand-in with the layout of Pulumi's releases. What these tests cannot prove: that Pulumi keeps this layout.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { type Digest, digestOf, digests, digestsVersion } from "../../../tools/engine/digests.ts";
import { archiveName, checksumOf, fetchRelease } from "../../../tools/engine/release.ts";
import { pinnedVersion } from "../../../tools/engine/version.ts";
import { Sandbox, skip } from "../sandbox.ts";

const limits = { answer: 400, stall: 400 };
const digest = "ab".repeat(32);

describe("names and checksums", () => {
  test("each platform has its archive", () => {
    assert.equal(archiveName("linux", "x64"), `pulumi-v${pinnedVersion}-linux-x64.tar.gz`);
    assert.equal(archiveName("darwin", "arm64"), `pulumi-v${pinnedVersion}-darwin-arm64.tar.gz`);
    assert.equal(archiveName("win32", "x64"), `pulumi-v${pinnedVersion}-windows-x64.zip`);
    assert.equal(archiveName("linux", "riscv64"), undefined);
  });

  test("the repository's digests are those of the pinned version, for every platform but one", () => {
    assert.equal(digestsVersion, pinnedVersion);
    const lengths = { sha256: 64, sha512: 128 };
    for (const { algorithm, hex } of Object.values(digests))
      assert.match(hex, new RegExp(`^[0-9a-f]{${lengths[algorithm]}}$`));
    assert.equal(new Set(Object.values(digests).map(({ hex }) => hex)).size, 5);
    const platforms = ["linux", "darwin", "win32"].flatMap((platform) =>
      ["x64", "arm64"].map((arch) => archiveName(platform, arch) ?? ""),
    );
    assert.deepEqual(
      platforms.filter((archive) => digestOf(archive) === undefined),
      [`pulumi-v${pinnedVersion}-windows-arm64.zip`],
    );
    assert.equal(digestOf("pulumi-v3.0.0-linux-x64.tar.gz"), undefined);
  });

  test("a checksum is read from the line of exactly that file", () => {
    const text = `${"cd".repeat(32)}  a.tar.gz.sig\n${digest.toUpperCase()} *a.tar.gz\r\n`;
    assert.equal(checksumOf(text, "a.tar.gz"), digest);
    assert.equal(checksumOf(text, "b.tar.gz"), undefined);
    assert.equal(checksumOf("<html>404</html>  a.tar.gz", "a.tar.gz"), undefined);
    assert.equal(checksumOf(`${digest.slice(2)}  a.tar.gz`, "a.tar.gz"), undefined);
  });
});

describe("Pulumi's release", {
  skip: skip || archiveName(process.platform, process.arch) === undefined,
}, () => {
  const name = archiveName(process.platform, process.arch) ?? "";
  let archive: Buffer;
  let aside = "";
  let releases = "";
  /** The server's response; set by each test. */
  let serve: (file: string, response: ServerResponse) => void;
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    serve(path.basename(request.url ?? ""), response);
  });

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    releases = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    archive = pack();
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    asked.length = 0;
    lines.length = 0;
    aside = mkdtempSync(path.join(os.tmpdir(), "atoll-release-"));
  });
  afterEach(() => rmSync(aside, { recursive: true, force: true }));

  const checksums = () =>
    `${createHash("sha256").update(archive).digest("hex")}  ${name}\n${digest}  other.zip\n`;
  const isChecksums = (file: string) => file === `pulumi-${pinnedVersion}-checksums.txt`;
  const honest = (file: string, response: ServerResponse) =>
    response.end(isChecksums(file) ? checksums() : archive);
  /** Options for an archive of which the repository has no digest. */
  const unknown = {
    limits,
    known: () => undefined,
    report: { write: (line: string) => lines.push(line) },
  };
  const lines: string[] = [];
  const digestIn = (algorithm: Digest["algorithm"], bytes = archive): Digest => ({
    algorithm,
    hex: createHash(algorithm).update(bytes).digest("hex"),
  });
  const fails = (pattern: RegExp) =>
    assert.rejects(fetchRelease(aside, { ...unknown, releases }), pattern);
  const nothingUnpacked = () => assert.ok(!existsSync(path.join(aside, "install")));

  for (const algorithm of ["sha256", "sha512"] as const)
    test(`is unpacked when its ${algorithm} is the repository's, whatever is published`, async () => {
      serve = (file, response) => response.end(isChecksums(file) ? "" : archive);
      await fetchRelease(aside, { ...unknown, releases, known: () => digestIn(algorithm) });
      assert.ok(existsSync(path.join(aside, "install", "bin", "pulumi")));
      assert.deepEqual(asked, [`/v${pinnedVersion}/${name}`]);
      assert.deepEqual(lines, []);
    });

  test("is refused when it is not the repository's, even where its own checksum is published", async () => {
    serve = honest;
    const other = digestIn("sha256", Buffer.from("another"));
    await assert.rejects(
      fetchRelease(aside, { ...unknown, releases, known: () => other }),
      /has SHA-256 [0-9a-f]{64}, the repository has [0-9a-f]{64}: it was deleted/,
    );
    nothingUnpacked();
    assert.deepEqual(readdirSync(aside), []);
  });

  test("comes only from https addresses, also after a redirection", async () => {
    for (const mirror of [
      "http://mirror.example/pulumi",
      "ftp://x",
      "file:///tmp",
      "mirror",
      "http://127.0.0.1.example",
    ])
      await assert.rejects(
        fetchRelease(aside, { ...unknown, releases: mirror }),
        /is not an https address, which a mirror of releases must have/,
        mirror,
      );
    serve = (_file, response) => response.writeHead(302, { location: "data:text/plain,x" }).end();
    await fails(/is not an https address|cannot be reached/);
    nothingUnpacked();
  });

  test("is unpacked when its checksum is the published one, with a word that the repository has none", async () => {
    serve = honest;
    await fetchRelease(aside, { ...unknown, releases });
    assert.match(lines.join(""), /the repository has no digest of pulumi-v/);
    assert.deepEqual(readdirSync(path.join(aside, "install", "bin")).sort(), [
      "pulumi",
      "pulumi-language-nodejs",
    ]);
    assert.deepEqual(asked, [
      `/v${pinnedVersion}/pulumi-${pinnedVersion}-checksums.txt`,
      `/v${pinnedVersion}/${name}`,
    ]);
  });

  test("is refused with another checksum, before it is unpacked", async () => {
    const tampered = Buffer.concat([archive, Buffer.from("x")]);
    serve = (file, response) => response.end(isChecksums(file) ? checksums() : tampered);
    await fails(/has SHA-256 [0-9a-f]{64}, published is [0-9a-f]{64}/);
    nothingUnpacked();
  });

  test("is refused when the download breaks off", async () => {
    serve = (file, response) => {
      if (isChecksums(file)) return response.end(checksums());
      response.writeHead(200, { "content-length": archive.length });
      response.write(archive.subarray(0, archive.length / 2), () => response.destroy());
    };
    await fails(/broke off the download/);
    nothingUnpacked();
  });

  test("fails when the server answers with an error", async () => {
    serve = (_file, response) => response.writeHead(404).end("not here");
    await fails(/checksums\.txt answered 404/);
  });

  test("fails when the server does not answer", async () => {
    serve = () => {};
    await fails(/did not answer within 0\.4 s/);
  });

  test("fails when the server stops sending", async () => {
    serve = (file, response) => {
      if (isChecksums(file)) return response.end(checksums());
      response.writeHead(200, { "content-length": archive.length });
      response.write(archive.subarray(0, 10));
    };
    await fails(/sent nothing for 0\.4 s/);
    nothingUnpacked();
  });

  test("fails when no checksum is published for it", async () => {
    serve = (file, response) => response.end(isChecksums(file) ? "<html></html>" : archive);
    await fails(/has no SHA-256 for pulumi-v/);
    assert.equal(asked.length, 1, "the archive was downloaded without a checksum");
  });

  test("fails when there is no server", async () => {
    await assert.rejects(
      fetchRelease(aside, { ...unknown, releases: "http://127.0.0.1:2" }),
      /cannot be reached \(.+\)/,
    );
  });

  test("becomes the engine, with its language host, on a machine without one", async () => {
    serve = honest;
    const sandbox = new Sandbox();
    try {
      const own = readFileSync(path.join(sandbox.root, "tools/engine/digests.ts"), "utf8");
      const pinned = digestOf(name)?.hex ?? "";
      sandbox.write("tools/engine/digests.ts", own.replace(pinned, digestIn("sha256").hex));
      const { code, out, err } = await sandbox.engine({ ATOLL_PULUMI_RELEASES: releases }).ended;
      assert.equal(code, 0, out + err);
      const bin = path.join(sandbox.cache, "atoll", "pulumi", pinnedVersion, "bin");
      assert.deepEqual(JSON.parse(out), {
        path: path.join(bin, "pulumi"),
        version: pinnedVersion,
        source: "cache",
        languageHost: path.join(bin, "pulumi-language-nodejs"),
      });
      assert.match(err, /^set-up: pulumi 3\.259\.0, download \.\.\. \d+\.\d s\n$/);
    } finally {
      sandbox.remove();
    }
  });
});

/** An archive like Pulumi's. */
function pack(): Buffer {
  const folder = mkdtempSync(path.join(os.tmpdir(), "atoll-pack-"));
  const programs = path.join(folder, "pulumi");
  mkdirSync(programs);
  for (const program of ["pulumi", "pulumi-language-nodejs"]) {
    writeFileSync(path.join(programs, program), `#!/bin/sh\necho v${pinnedVersion}\n`, {
      mode: 0o755,
    });
  }
  const file = path.join(folder, "archive.tar.gz");
  execFileSync("tar", ["-czf", file, "-C", folder, "pulumi"]);
  const bytes = readFileSync(file);
  rmSync(folder, { recursive: true });
  return bytes;
}
