import { gunzipSync } from "node:zlib";

/** Patterns of secrets in scripts, cloud-init documents and settings files. */
const patterns: readonly { readonly kind: string; readonly pattern: RegExp }[] = [
  { kind: "an AWS access key", pattern: /\b(AKIA|ASIA)[0-9A-Z]{16}\b/ },
  { kind: "an AWS secret key", pattern: /aws_?secret_?(access_?)?key\W{1,4}[A-Za-z0-9/+]{40}\b/i },
  { kind: "a private key", pattern: /-----BEGIN ([A-Z]+ )*PRIVATE KEY-----/ },
  { kind: "a GitHub token", pattern: /\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{22,})/ },
  { kind: "a Slack token", pattern: /\bxox[abprs]-[A-Za-z0-9-]{10,}/ },
  { kind: "a Google API key", pattern: /\bAIza[\w-]{35}\b/ },
  { kind: "a password in a URL", pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]+:[^\s:/@${<]{3,}@/i },
  {
    kind: "a password or token",
    // A value that starts with `$`, `<` or `{` is a reference to a secret.
    pattern:
      /(passw(or)?d|passphrase|secret|token|api_?key|access_?key)["']?\s*[:=]\s*["']?[^\s"'$<{(]{8,}/i,
  },
];

/** The first likely secret in user data, which is plain text, base64, or base64 of gzip. */
export function secretIn(
  userData: string,
): { readonly kind: string; readonly line: number } | undefined {
  for (const [index, text] of textOf(userData).split("\n").entries()) {
    const found = patterns.find(({ pattern }) => pattern.test(text));
    if (found) return { kind: found.kind, line: index + 1 };
  }
  return undefined;
}

function textOf(userData: string): string {
  const compact = userData.replace(/\s/g, "");
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return userData;
  const bytes = Buffer.from(compact, "base64");
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString("utf8");
  try {
    return gunzipSync(bytes).toString("utf8");
  } catch {
    return bytes.toString("utf8");
  }
}
