/**
 * A rehearsal's copy of a stack's config file. The user's file may be encrypted with a cloud's key or a real passphrase. A rehearsal
 * must not need these, nor write its own salt into the file.
 */
import { type Document, isMap, isScalar, visit } from "yaml";
import { withDefaults } from "../../footprint/files/cell-defaults.ts";
import { parseConfig } from "../../footprint/files/yaml.ts";
import { kubeconfigKey, siteKubeconfig } from "./rehearsal-site.ts";

/** Settings that tie a config file to a secrets provider, or to environments of Pulumi Cloud. */
const bindings = ["secretsprovider", "encryptedkey", "encryptionsalt", "environment"] as const;

/** Replaces a secret, which a rehearsal cannot and must not decrypt. */
export const secretStandIn = "rehearsal";

/**
 * @param source the user's config file
 * @param salt of the rehearsal's encryption
 * @param set config values to add, by full key
 * @param defaults the environment's `cellDefaults`
 */
export function configCopy(
  source: string,
  salt: string,
  set: Readonly<Record<string, string>> = {},
  defaults: Readonly<Record<string, unknown>> = {},
): string {
  const document = parseConfig(source);
  const imports = document.has("environment");
  for (const key of bindings) document.delete(key);
  standIn(document, defaults);
  if (imports) standInForImports(document, defaults);
  for (const [key, value] of Object.entries(set)) document.setIn(["config", key], value);
  document.set("encryptionsalt", salt);
  return document.toString();
}

/** The salt of a config file; undefined where it has none. */
export function saltOf(source: string): string | undefined {
  const salt: unknown = parseConfig(source).get("encryptionsalt");
  return typeof salt === "string" ? salt : undefined;
}

/** Replaces every `{ secure: ... }`; the kubeconfig of a cluster by one that describes a site. */
function standIn(document: Document, defaults: Readonly<Record<string, unknown>>): void {
  const manifest = withDefaults(document.toJS()?.config?.["atoll:manifest"] ?? {}, defaults);
  const kubeconfig = kubeconfigKey(manifest);
  visit(document, {
    Pair: (_, { key, value }) => {
      if (!isSecure(value) || !isScalar(key) || key.value !== kubeconfig) return undefined;
      return document.createPair(key, siteKubeconfig(manifest));
    },
    Map: (_, node) => (isSecure(node) ? document.createNode(secretStandIn) : undefined),
  });
}

/** Environments of Pulumi Cloud are not opened in a rehearsal: what the manifest names and they may give gets a stand-in too. */
function standInForImports(document: Document, defaults: Readonly<Record<string, unknown>>): void {
  const manifest = withDefaults(document.toJS()?.config?.["atoll:manifest"] ?? {}, defaults);
  for (const key of configKeysIn(manifest)) {
    if (document.hasIn(["config", key])) continue;
    const kubeconfig = key === kubeconfigKey(manifest);
    document.setIn(["config", key], kubeconfig ? siteKubeconfig(manifest) : secretStandIn);
  }
}

/** The config values that a manifest names, by their full keys. */
function configKeysIn(manifest: unknown): string[] {
  if (typeof manifest !== "object" || manifest === null) return [];
  return Object.entries(manifest).flatMap(([field, value]) =>
    field === "configKey" && typeof value === "string" ? [`atoll:${value}`] : configKeysIn(value),
  );
}

function isSecure(node: unknown): boolean {
  return isMap(node) && node.items.length === 1 && node.has("secure");
}

/** The user's config file with values added; its secrets provider stays the same. */
export function withConfig(source: string, set: Readonly<Record<string, string>>): string {
  const document = parseConfig(source);
  for (const [key, value] of Object.entries(set)) document.setIn(["config", key], value);
  return document.toString();
}
