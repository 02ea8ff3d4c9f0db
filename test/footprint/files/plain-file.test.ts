// What these tests cannot prove: that files of other encodings than these are recognised.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { readPlainFile } from "../../../footprint/files/plain-file.ts";
import { findProject } from "../../../footprint/files/project-file.ts";
import { aws, type Edit, loaded, refusals, set } from "../../support/sample.ts";

const unix = process.platform !== "win32";

describe("a file that is read", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "atoll-file-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const file = (content: string | Buffer) => {
    const name = path.join(folder, "file.yaml");
    writeFileSync(name, content);
    return name;
  };
  const refuses = (name: string, pattern: RegExp) =>
    assert.throws(() => readPlainFile(name), { name: "UnreadableFile", message: pattern });

  test("is UTF-8, with or without a mark", () => {
    assert.equal(readPlainFile(file("grün: 漢字 \ufffd\n")), "grün: 漢字 \ufffd\n");
    assert.equal(readPlainFile(file("\ufeffa: 1\n")), "a: 1\n");
    assert.equal(readPlainFile(file("")), "");
  });

  test("is refused in UTF-16, with and without a mark", () => {
    const little = Buffer.from("\ufeffconfig:\n", "utf16le");
    const big = Buffer.from(little).swap16();
    refuses(file(little), /encoded as UTF-16 \(little endian\): save it as UTF-8/);
    refuses(file(big), /encoded as UTF-16 \(big endian\)/);
    refuses(file(little.subarray(2)), /encoded as UTF-16 \(little endian\)/);
    refuses(file(big.subarray(2)), /encoded as UTF-16 \(big endian\)/);
  });

  test("is refused in Latin-1, with the byte and its line", () => {
    refuses(
      file(Buffer.from("a: 1\nowner: équipe\n", "latin1")),
      /not UTF-8 but perhaps Latin-1 \(byte 0xE9 in line 2\): save it as UTF-8/,
    );
  });

  test("is refused above 1 MiB", () => {
    refuses(file("#".repeat(1024 * 1024 + 1)), /has 1048577 bytes; at most 1048576 are accepted/);
    assert.ok(readPlainFile(file("#".repeat(1024 * 1024))));
  });

  test("is refused at once where it is none", { skip: !unix }, () => {
    const fifo = path.join(folder, "fifo");
    assert.equal(spawnSync("mkfifo", [fifo]).status, 0);
    refuses(fifo, /is a FIFO, not a file/);
    refuses("/dev/zero", /is a device, not a file/);
    const link = path.join(folder, "link");
    symlinkSync("/dev/zero", link);
    refuses(link, /is a device, not a file/);
    refuses(folder, /is a folder, not a file/);
    refuses(path.join(folder, "none"), /no such file/);
    const loop = path.join(folder, "loop");
    symlinkSync(loop, loop);
    refuses(loop, /form a loop/);
  });

  test("is refused as Pulumi.yaml for the same reasons", { skip: !unix }, () => {
    const project = path.join(folder, "project");
    mkdirSync(project);
    assert.equal(spawnSync("mkfifo", [path.join(project, "Pulumi.yaml")]).status, 0);
    assert.throws(() => findProject(project), /Pulumi\.yaml: cannot be read: it is a FIFO/);
  });
});

describe("a manifest", () => {
  const many = (field: string, count: number): Edit => {
    const map = Object.fromEntries(Array.from({ length: count }, (_, i) => [`x${i}`, 1]));
    return (manifest) => {
      manifest[field] = { ...(manifest[field] as object), ...map };
    };
  };

  test("is refused with the encoding of its file", () => {
    assert.deepEqual(refusals({ [aws]: "c\0o\0n\0" }), [
      "Pulumi.local.aws-use1.yaml: cannot be read: it is encoded as UTF-16 (little endian): save it as UTF-8",
    ]);
  });

  test("may be larger than a variable of a process can be", () => {
    const source = readFileSync(`stacks/config/Pulumi.${aws}.yaml`, "utf8");
    assert.ok(loaded({ [aws]: `${source}\n#${"x".repeat(200_000)}\n` }));
  });

  for (const field of ["network", "nodePools", "cluster"]) {
    test(`with 5,000 unknown fields in ${field} is refused with the first ones`, () => {
      const lines = refusals({ [aws]: many(field, 5_000) });
      assert.ok(lines.length <= 101, String(lines.length));
      assert.ok(lines.join("\n").length < 100_000);
      assert.match(lines.at(-1) ?? "", /and \d+ more/);
    });
  }

  test("with 5,000 unknown fields of its own is refused with the first ones", () => {
    const map = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`x${i}`, 1]));
    const lines = refusals({ [aws]: (manifest) => void Object.assign(manifest, map) });
    assert.equal(lines.length, 21, lines.join("\n").slice(0, 2000));
    assert.match(lines.at(-1) ?? "", /aws-use1\.yaml: and 4980 more unknown fields/);
  });

  test("with a very long key is refused in a short line", () => {
    const [line, ...others] = refusals({ [aws]: set(`network.${"k".repeat(500_000)}`, 1) });
    assert.equal(others.length, 0);
    assert.ok((line ?? "").length < 1000, String(line?.length));
  });

  test("is refused for names that JavaScript gives a meaning", () => {
    const yaml = (section: string) =>
      `config:\n  atoll:manifest:\n    kind: cell\n    ${section}:\n      __proto__:\n        a: 1\n`;
    for (const section of ["network", "nodePools", "tags"]) {
      const lines = refusals({ [aws]: yaml(section) });
      const pattern = new RegExp(
        `aws-use1\\.yaml:5:7: config\\.atoll:manifest\\.${section}\\.__proto__ is not a possible name`,
      );
      assert.match(lines.join("\n"), pattern);
    }
    for (const key of ["constructor", "prototype", "toString", "hasOwnProperty"]) {
      const lines = refusals({ [aws]: set(`network.${key}`, "x") });
      assert.equal(lines.length, 1, key);
      assert.match(lines[0] ?? "", new RegExp(`network\\.${key}: unknown field`));
      assert.match(refusals({ [aws]: set(key, null) }).join("\n"), new RegExp(`${key}: unknown`));
    }
  });

  test("is refused for a key that is there twice", () => {
    const text = "config:\n  atoll:manifest:\n    kind: cell\n    kind: cell\n";
    assert.match(
      refusals({ [aws]: text }).join("\n"),
      /aws-use1\.yaml:4:5: is not YAML: map keys must be unique, and config\.atoll:manifest\.kind/,
    );
  });
});
