// Salts from the Pulumi CLI. What these tests cannot prove: that a later CLI derives its keys in the same way.
import assert from "node:assert/strict";
import { test } from "node:test";
import { newSalt, passphraseFits } from "../../../cli/engine/passphrase.ts";

const salt = "v1:w+zYzofGjuQ=:v1:cCSzmIEUFoP1eaMI:VMpjnsd+I3tSCgfwK+kFXk9pw09W9A==";

test("the passphrase of a salt matches, another does not, and none matches a broken salt", async () => {
  assert.equal(await passphraseFits(salt, "rehearsal"), true);
  assert.equal(await passphraseFits(salt, "Rehearsal"), false);
  for (const broken of ["", "v1:abc", salt.slice(0, -8), salt.replace("v1", "v2")]) {
    assert.equal(await passphraseFits(broken, "rehearsal"), false, broken);
  }
});

test("a new salt has the form of the CLI's, matches its passphrase, and is different each time", async () => {
  const made = newSalt("rehearsal");
  assert.match(made, /^v1:[\w+/]{11}=:v1:[\w+/]{16}:[\w+/]{30}==$/);
  assert.equal(made.length, salt.length);
  assert.equal(await passphraseFits(made, "rehearsal"), true);
  assert.equal(await passphraseFits(made, "Rehearsal"), false);
  assert.notEqual(newSalt("rehearsal"), made);
});
