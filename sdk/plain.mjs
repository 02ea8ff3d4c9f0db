/**
 * Whether a replacement in this folder is turned off: `ATOLL_PLAIN` is a comma-separated list of names, or 1 for all. The folder
 * replaces parts of the Pulumi SDK and of Node's module loading. Each saves a tenth of a preview or more: see
 * docs/adr/20261201-replace-what-costs-a-tenth.md.
 *
 * @param {"packages" | "debug-messages" | "compile-cache" | "remediation" | "processes"} name `processes`: programs share them
 */
export function isPlain(name) {
  const plain = process.env.ATOLL_PLAIN ?? "";
  return plain === "1" || plain.split(",").includes(name);
}
