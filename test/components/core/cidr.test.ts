// Arithmetic on addresses only. Network plans check which blocks a cloud accepts.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  addressAt,
  addressesIn,
  allocate,
  type Cidr,
  cidrProblem,
  cidrText,
  contains,
  enclosing,
  freeBlocks,
  nextFree,
  overlapping,
  overlaps,
  prefixOf,
  privateCidrText,
  roomIn,
  smallestFor,
  split,
} from "../../../components/core/cidr.ts";
import { BlueprintError } from "../../../components/core/errors.ts";

/** A random block of 10.0.0.0/8. */
const block = fc
  .tuple(fc.integer({ min: 9, max: 30 }), fc.nat(2 ** 24 - 1))
  .map(([prefix, offset]): Cidr => {
    const size = 2 ** (32 - prefix);
    return split(`${addressAt("10.0.0.0/8", offset - (offset % size))}/${prefix}`, prefix)[0]!;
  });

describe("a block as a string", () => {
  for (const [text, message] of [
    ["10.0.0.0", /must be an IPv4 block/],
    ["10.0.0/16", /must be an IPv4 block/],
    ["10.0.0.256/16", /must be an IPv4 block/],
    ["10.0.0.0/33", /must be an IPv4 block/],
    ["10.0.0.0/016", /must be an IPv4 block/],
    ["10.0.0.0/16/8", /must be an IPv4 block/],
    ["2001:db8::/32", /must be an IPv4 block/],
    ["", /must be an IPv4 block/],
    ["10.20.30.40/16", /"10\.20\.0\.0\/16"/],
  ] as const) {
    test(`"${text}" is rejected`, () => {
      assert.match(cidrProblem(text) ?? "", message);
      assert.equal(cidrText.safeParse(text).success, false);
    });
  }

  test("canonical blocks are valid", () => {
    fc.assert(fc.property(block, (cidr) => cidrProblem(cidr) === undefined));
  });

  test("a public range is not a private block", () => {
    assert.match(
      privateCidrText.safeParse("8.8.8.0/24").error?.issues[0]?.message ?? "",
      /private/,
    );
    assert.equal(privateCidrText.parse("172.31.0.0/16"), "172.31.0.0/16");
  });
});

describe("relations between blocks", () => {
  test("the smallest block around others contains them, and neither of its halves does", () => {
    assert.equal(enclosing(["10.40.128.0/24"]), "10.40.128.0/24");
    assert.equal(enclosing(["10.40.131.0/24", "10.40.128.0/24"]), "10.40.128.0/22");
    assert.equal(enclosing(["10.0.0.0/8", "192.168.0.0/16"]), "0.0.0.0/0");
    fc.assert(
      fc.property(block, block, (a, b) => {
        const around = enclosing([a, b]);
        assert.ok(contains(around, a) && contains(around, b));
        if (contains(a, b) || contains(b, a)) return;
        for (const half of split(around, prefixOf(around) + 1))
          assert.ok(!(contains(half, a) && contains(half, b)));
      }),
    );
  });

  test("to contain is to overlap, and overlap is symmetric", () => {
    fc.assert(
      fc.property(block, block, (a, b) => {
        if (contains(a, b)) assert.ok(overlaps(a, b));
        assert.equal(overlaps(a, b), overlaps(b, a));
        assert.equal(overlaps(a, b), contains(a, b) || contains(b, a));
      }),
    );
  });

  test("the overlapping pairs are those that overlap one by one", () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 12 }), (list) => {
        const blocks = Object.fromEntries(list.map((cidr, i) => [`b${i}`, cidr]));
        const expected = list.flatMap((a, i) =>
          list.slice(i + 1).flatMap((b, j) => (overlaps(a, b) ? [`b${i} b${i + 1 + j}`] : [])),
        );
        const found = overlapping(blocks).map((pair) =>
          [...pair].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1))).join(" "),
        );
        assert.deepEqual(found.sort(), expected.sort());
      }),
    );
  });
});

describe("splitting and allocating", () => {
  test("a split covers the block with neighbours that do not overlap", () => {
    fc.assert(
      fc.property(block, fc.integer({ min: 0, max: 6 }), (cidr, bits) => {
        const prefix = Math.min(32, prefixOf(cidr) + bits);
        const parts = split(cidr, prefix);
        assert.equal(parts.length * addressesIn(parts[0]!), addressesIn(cidr));
        assert.ok(parts.every((part) => contains(cidr, part)));
        assert.deepEqual(overlapping(Object.fromEntries(parts.map((p, i) => [`${i}`, p]))), []);
      }),
    );
  });

  test("splitting into a larger block is rejected", () => {
    assert.throws(() => split("10.0.0.0/16", 15), { code: "cidr-exhausted" });
  });

  const requests = fc
    .array(fc.integer({ min: 17, max: 28 }), { minLength: 1, maxLength: 20 })
    .map((prefixes) => Object.fromEntries(prefixes.map((prefix, i) => [`r${i}`, prefix])));

  test("allocated blocks have their size, are inside, start on their boundary and never overlap", () => {
    fc.assert(
      fc.property(requests, (wanted) => {
        const cidr = `10.0.0.0/${smallestFor(Object.values(wanted))}`;
        const placed = allocate(cidr, wanted);
        assert.deepEqual(Object.keys(placed), Object.keys(wanted));
        for (const [name, given] of Object.entries(placed)) {
          assert.equal(prefixOf(given), wanted[name]);
          assert.equal(cidrProblem(given), undefined);
          assert.ok(contains(cidr, given));
        }
        assert.deepEqual(overlapping(placed), []);
      }),
    );
  });

  test("one size smaller than the smallest is rejected, and the message names the smallest", () => {
    fc.assert(
      fc.property(requests, (wanted) => {
        const smallest = smallestFor(Object.values(wanted));
        assert.throws(
          () => allocate(`10.0.0.0/${smallest + 1}`, wanted),
          (error: unknown) =>
            error instanceof BlueprintError &&
            error.code === "cidr-exhausted" &&
            error.message.includes(`the smallest that works is a /${smallest}`),
        );
      }),
    );
  });

  test("addresses are counted from either end", () => {
    assert.equal(addressAt("10.20.0.0/16", 2), "10.20.0.2");
    assert.equal(addressAt("10.20.0.0/16", -1), "10.20.255.255");
    assert.throws(() => addressAt("10.20.0.0/30", 4), { code: "cidr-exhausted" });
  });
});

describe("free space", () => {
  const inside = fc.array(block, { maxLength: 10 });

  test("free and used space add up to the whole", () => {
    fc.assert(
      fc.property(inside, (taken) => {
        const { addresses, free } = roomIn("10.0.0.0/8", taken);
        const maximal = taken.filter(
          (cidr, i) =>
            !taken.some(
              (other, j) => j !== i && contains(other, cidr) && (other !== cidr || j < i),
            ),
        );
        assert.equal(free + maximal.reduce((sum, cidr) => sum + addressesIn(cidr), 0), addresses);
      }),
    );
  });

  test("a proposed block overlaps nothing that is taken, and there is none only when nothing that large is free", () => {
    fc.assert(
      fc.property(inside, fc.integer({ min: 9, max: 24 }), (taken, prefix) => {
        const proposed = nextFree("10.0.0.0/8", taken, prefix);
        if (proposed === undefined) {
          assert.ok((roomIn("10.0.0.0/8", taken).largestFree ?? 33) > prefix);
        } else {
          assert.equal(prefixOf(proposed), prefix);
          assert.ok(contains("10.0.0.0/8", proposed));
          assert.ok(taken.every((cidr) => !overlaps(cidr, proposed)));
        }
      }),
    );
  });

  test("a full block has no free space", () => {
    assert.deepEqual(roomIn("10.0.0.0/16", ["10.0.0.0/17", "10.0.128.0/17"]), {
      addresses: 65536,
      free: 0,
    });
    assert.equal(nextFree("10.0.0.0/16", ["10.0.0.0/16"], 24), undefined);
    assert.deepEqual(freeBlocks("10.0.0.0/16", ["10.0.0.0/8"]), []);
  });
});
