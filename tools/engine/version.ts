/** The Pulumi CLI that the project is tested with, and the oldest that it supports. */
export const pinnedVersion = "3.259.0";

interface Version {
  readonly numbers: readonly [number, number, number];
  readonly prerelease: boolean;
}

/**
 * Finds the version in the output of `pulumi version`: `v3.259.0`, or without the `v` for a build from Go modules, possibly among
 * warnings. `undefined` when there is none.
 */
export function parseVersion(output: string): string | undefined {
  return /^v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)(?:\+[0-9A-Za-z.-]+)?\s*$/m.exec(output)?.[1];
}

/**
 * Why a version cannot be used, or `undefined` when it is the pinned one or a newer one of the same major version. A pre-release is
 * older than its release.
 */
export function unsuitable(version: string): string | undefined {
  const given = split(version);
  const pinned = split(pinnedVersion);
  if (given.numbers[0] !== pinned.numbers[0]) {
    return `version ${version} is another major version; ${pinnedVersion} or a newer 3.x is needed`;
  }
  const difference = compare(given.numbers, pinned.numbers);
  const older = difference < 0 || (difference === 0 && given.prerelease);
  return older ? `version ${version} is older than ${pinnedVersion}` : undefined;
}

function split(version: string): Version {
  const [core = "", ...rest] = version.split("-");
  const [major = 0, minor = 0, patch = 0] = core.split(".").map(Number);
  return { numbers: [major, minor, patch], prerelease: rest.length > 0 };
}

function compare(a: Version["numbers"], b: Version["numbers"]): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
