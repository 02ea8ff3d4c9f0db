/** Users of caches: their keys, channels and commands. */
import { type CacheAcl, parseAcl } from "../cache-acl.ts";
import { addMeetings, type Claim } from "../claims.ts";
import { type IsolationResource, theCell } from "../model.ts";
import type { Paths } from "../paths.ts";
import { at, list, record, text, texts } from "../plain.ts";
import type { Plane } from "../plane.ts";
import { type CellView, ownerText, registrant } from "../view.ts";

export const cache: Plane = {
  id: "ISO12",
  title: "No cache user of a tenant reaches keys and channels of others, nor all keys",
  remedy:
    "limit the user to `~<prefix>:*` and `resetchannels &<prefix>:*`, and take away scan, randomkey, keys, flushall and flushdb",
  find,
};

interface CacheUser {
  readonly name: string;
  /** The cache that it belongs to. */
  readonly cache: string;
  /** The tenant, or the cell. */
  readonly holder: string;
  readonly acl: CacheAcl;
  readonly resource: IsolationResource;
}

function find(view: CellView, paths: Paths): void {
  const users = usersOf(view).filter(({ acl }) => acl.on);
  addMeetings(users.flatMap(claimsOf), paths);
  for (const alike of Map.groupBy(users, (user) => user.cache).values()) {
    const holders = [...new Set(alike.map(({ holder }) => holder))];
    for (const user of alike) {
      if (user.holder === theCell || user.acl.dangerous.length === 0) continue;
      paths.add({
        key: `commands ${user.acl.dangerous.join(" ")}`,
        from: user.holder,
        to: holders,
        resource: user.resource,
        steps: () => [
          {
            principal: `cache user ${user.name} of ${ownerText(user.holder)}`,
            can: `calls ${user.acl.dangerous.slice(0, 6).join(", ")}`,
            because: "these commands act on all keys of the cache, whatever its key pattern",
          },
        ],
      });
    }
  }
}

function claimsOf({ name, cache: scope, holder, acl, resource }: CacheUser): Claim[] {
  const claim = (kind: "keys" | "channels", pattern: string): Claim => ({
    scope: `${scope} ${kind}`,
    pattern,
    holder,
    kind: "may",
    principal: `cache user ${name} of ${ownerText(holder)}`,
    can: kind === "keys" ? "uses keys" : "reads and writes channels",
    key: `${kind} ${pattern.replaceAll(holder, "")}`,
    resource,
  });
  return [
    ...acl.keys.map((pattern) => claim("keys", pattern)),
    ...acl.channels.map((pattern) => claim("channels", pattern)),
  ];
}

function usersOf(view: CellView): CacheUser[] {
  return [...elastiCache(view), ...memorystore(view), ...valkeyCharts(view)];
}

/** A user is of the cache whose groups it is in; alone it can sign in nowhere. */
function elastiCache(view: CellView): CacheUser[] {
  const groups = new Map<string, string[]>();
  const join = (user: unknown, group: unknown) => {
    const id = text(user) ?? "";
    groups.set(id, [...(groups.get(id) ?? []), text(group) ?? ""]);
  };
  for (const { inputs } of view.ofType("aws:elasticache/userGroup:UserGroup"))
    for (const user of texts(inputs.userIds)) join(user, inputs.userGroupId);
  for (const { inputs } of view.ofType("aws:elasticache/userGroupAssociation:UserGroupAssociation"))
    join(inputs.userId, inputs.userGroupId);
  return view.ofType("aws:elasticache/user:User").flatMap((resource) => {
    const { userId, userName, accessString } = resource.inputs;
    const acl = parseAcl(text(accessString) ?? "");
    const name = text(userName) ?? "";
    return (groups.get(text(userId) ?? "") ?? []).map((group) => ({
      name,
      cache: group,
      holder: registrant(resource),
      acl,
      resource,
    }));
  });
}

/** A policy has rules by user name. Source: Memorystore for Valkey, `projects.locations.aclPolicies`. */
function memorystore(view: CellView): CacheUser[] {
  return view.ofType("gcp:memorystore/aclPolicy:AclPolicy").flatMap((resource) =>
    list(resource.inputs.rules)
      .map(record)
      .map((rule) => ({
        name: text(rule.username) ?? "",
        cache: text(resource.inputs.aclPolicyId) ?? resource.name,
        holder: registrant(resource),
        acl: parseAcl(`on ${text(rule.rule) ?? ""}`),
        resource,
      })),
  );
}

/** The chart of valkey-io has its users in its values. */
function valkeyCharts(view: CellView): CacheUser[] {
  return view.objects("Release").flatMap(({ resource }) => {
    const users = record(at(resource.inputs, "values", "auth", "aclUsers"));
    return Object.entries(users).map(([name, user]) => ({
      name,
      cache: text(resource.inputs.name) ?? resource.name,
      holder: registrant(resource),
      acl: parseAcl(`on ${text(record(user).permissions) ?? ""}`),
      resource,
    }));
  });
}
