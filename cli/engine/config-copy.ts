/**
 * What a rehearsal makes of a stack's config file. The file belongs to the user and may be bound to a cloud's key or a real
 * passphrase; a rehearsal must neither need those nor write its own salt into it. So it runs on a copy.
 */
import { isMap, parseDocument, type YAMLMap } from "yaml";

/** Settings by which a config file is bound to a secrets provider, or to environments of Pulumi Cloud. */
const bindings = ["secretsprovider", "encryptedkey", "encryptionsalt", "environment"] as const;

/** What a rehearsal puts in the place of a secret that it cannot, and must not, decrypt. */
export const secretStandIn = "rehearsal";

/**
 * The copy's text.
 *
 * @param source the user's config file
 * @param previous the copy that an earlier run left, whose salt the rehearsal's state is encrypted with
 * @param set config values to add, by their full keys
 */
export function configCopy(
  source: string,
  previous?: string,
  set: Readonly<Record<string, string>> = {},
): string {
  const document = parseDocument(source);
  for (const key of bindings) document.delete(key);
  const config = document.get("config");
  if (isMap(config)) disclose(config);
  for (const [key, value] of Object.entries(set)) document.setIn(["config", key], value);
  const salt: unknown =
    previous === undefined ? undefined : parseDocument(previous).get("encryptionsalt");
  if (typeof salt === "string") document.set("encryptionsalt", salt);
  return document.toString();
}

/** Replaces every `{ secure: ... }` below a map. */
function disclose(map: YAMLMap): void {
  for (const pair of map.items) {
    const { value } = pair;
    if (!isMap(value)) continue;
    if (value.items.length === 1 && value.has("secure")) pair.value = secretStandIn;
    else disclose(value);
  }
}

/** The user's config file with values added, bound as it was. */
export function withConfig(source: string, set: Readonly<Record<string, string>>): string {
  const document = parseDocument(source);
  for (const [key, value] of Object.entries(set)) document.setIn(["config", key], value);
  return document.toString();
}

/** Pulumi's name for a stack's config file. */
export function configFileName(stack: string): string {
  return `Pulumi.${stack}.yaml`;
}
