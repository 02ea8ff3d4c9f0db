/** Roles and rights that scripts of Cloud SQL create: a script is SQL that the API runs. Pure. */
import { text } from "./plain.ts";
import type { DatabaseObject, SqlRole } from "./sql-objects.ts";
import { type CellView, registrant } from "./view.ts";

const identifier = `"(?:[^"]|"")+"|[a-z_][a-z0-9_]*`;
const names = `(${identifier}(?:\\s*,\\s*(?:${identifier}))*)`;
const created = new RegExp(`\\bCREATE (?:ROLE|USER) (${identifier})([^;]*)`, "gi");
const altered = new RegExp(`\\bALTER (?:ROLE|USER) (${identifier}) ([^;]*)`, "gi");
const membership = new RegExp(`\\bGRANT (?!.* ON )${names} TO ${names}`, "gi");
const onDatabase = new RegExp(`\\bGRANT [\\w, ]+ ON DATABASE (${identifier}) TO ${names}`, "gi");
const ofDatabase = new RegExp(`\\bALTER DATABASE (${identifier}) OWNER TO (${identifier})`, "gi");
const attributes = /(?<!NO)\b(SUPERUSER|CREATEDB|CREATEROLE|REPLICATION|BYPASSRLS)\b/gi;

/** Words in place of roles: the identity that runs the script, and everybody. */
const notRoles = new Set(["current_user", "session_user", "current_role", "public"]);

interface Scripted {
  readonly roles: readonly SqlRole[];
  readonly databases: readonly DatabaseObject[];
}

/** What all scripts create and grant. */
export function scripted(view: CellView): readonly Scripted[] {
  return view.ofType("gcp:sql/provisionScript:ProvisionScript").map((resource) => {
    const sql = (text(resource.inputs.script) ?? "").replaceAll(/--[^\n]*/g, "");
    const server = text(resource.inputs.instance) ?? "";
    const common = { server, holder: registrant(resource), resource };
    const roleOf = (name: string, rest = "", memberOf: readonly string[] = []): SqlRole => ({
      ...common,
      name,
      rights: [...rest.matchAll(attributes)].map(([word]) => word.toLowerCase()),
      memberOf,
      isGroup: true,
    });
    const both = [...sql.matchAll(created), ...sql.matchAll(altered)];
    const made = both.flatMap(([, name = "", rest]) =>
      namesIn(name).map((one) => roleOf(one, rest)),
    );
    const members = [...sql.matchAll(membership)].flatMap(([, groups = "", to = ""]) =>
      namesIn(to).map((name) => roleOf(name, "", namesIn(groups))),
    );
    const used = [...sql.matchAll(onDatabase), ...sql.matchAll(ofDatabase)].flatMap(
      ([, database = "", to = ""]) =>
        namesIn(database).map((name) => ({ ...common, name, mayUse: namesIn(to) })),
    );
    return { roles: [...made, ...members], databases: used };
  });
}

function namesIn(list: string): string[] {
  return [...list.matchAll(new RegExp(identifier, "gi"))]
    .map(([name]) => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name))
    .filter((name) => !notRoles.has(name.toLowerCase()));
}
