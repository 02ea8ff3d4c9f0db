/**
 * The digests of the pinned CLI's archives, so that a changed download is found even where its checksums were changed with it. Source:
 * Pulumi's own Homebrew tap (`pulumi/homebrew-tap`, `Formula/pulumi.rb`) for macOS and Linux, and the manifest of the package manager
 * Scoop (`ScoopInstaller/Main`, `bucket/pulumi.json`) for Windows. There is none for Windows on arm64, which neither of them lists.
 */

/** The version that the digests are of; `version.ts` pins it. */
export const digestsVersion = "3.259.0";

export interface Digest {
  readonly algorithm: "sha256" | "sha512";
  /** Hexadecimal, lower case. */
  readonly hex: string;
}

/** By the end of an archive's name. */
export const digests: Readonly<Record<string, Digest>> = {
  "linux-x64.tar.gz": {
    algorithm: "sha256",
    hex: "94ba357acac23d01474084c4b00098dc0f7bc70ce13f34c777459254a5f718e5",
  },
  "linux-arm64.tar.gz": {
    algorithm: "sha256",
    hex: "edc8327463a72160bb36cf82cf5062da9c8a244290a706d9980988e7bf486853",
  },
  "darwin-x64.tar.gz": {
    algorithm: "sha256",
    hex: "eaca4c3b8277bfa3ab061fa3b270d1c66358a0b2e613da8c5587a04b7226c534",
  },
  "darwin-arm64.tar.gz": {
    algorithm: "sha256",
    hex: "57c27f179e527e2cf9f62b841a448af72a020e44b2fb4ee0d9bd85556c00c864",
  },
  "windows-x64.zip": {
    algorithm: "sha512",
    hex: "7a49068c2a10110c5887135d43d7ab02b8b23c95af15a3b0f35104fced8366dac48ed33da6f2a4da55f74d960f894dbe6d6c75ea0cdf95ff3fa2991a2474dca6",
  },
};

/** The digest of an archive of the pinned version; undefined where the repository has none. */
export function digestOf(archive: string): Digest | undefined {
  const prefix = `pulumi-v${digestsVersion}-`;
  return archive.startsWith(prefix) ? digests[archive.slice(prefix.length)] : undefined;
}
