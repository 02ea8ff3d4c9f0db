/**
 * Whether something that this folder replaces is switched off: `ATOLL_PLAIN` holds names, separated by commas, or 1 for all. The
 * folder replaces parts of the Pulumi SDK and of how Node loads, where each saves a tenth of a preview or more:
 * docs/adr/20261201-replace-what-costs-a-tenth.md has the figures.
 *
 * @param {"packages" | "debug-messages" | "compile-cache" | "remediation" | "processes"} name `processes`: programs share them
 */
export function isPlain(name) {
  const plain = process.env.ATOLL_PLAIN ?? "";
  return plain === "1" || plain.split(",").includes(name);
}
