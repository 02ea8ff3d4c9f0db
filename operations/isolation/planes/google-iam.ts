/** IAM on Google Cloud: what members of a tenant may do with resources of others, and whom they can act as. */
import { addMeetings, type Claim } from "../claims.ts";
import { type GoogleBinding, googleBindings, googleOwners, objectsOf } from "../google/bindings.ts";
import { namesIn } from "../google/conditions.ts";
import {
  accountBindings,
  accountOwners,
  actsAs,
  type MemberOf,
  membersOf,
} from "../google/members.ts";
import { theCell } from "../model.ts";
import type { Paths } from "../paths.ts";
import { text, texts } from "../plain.ts";
import type { Plane } from "../plane.ts";
import { type CellView, ownerText, registrant } from "../view.ts";

export const googleIam: Plane = {
  id: "ISO7",
  title: "No member of a tenant has a role on resources of others in Google Cloud",
  remedy:
    "grant roles to the tenant's service accounts on its own resources, and on shared ones with a condition on a prefix of names that ends in a delimiter",
  find,
};

/**
 * Roles on a project that only open a connection, which the service authorizes again: database users, ACLs of Kafka and caches. Writing
 * logs and metrics shows nothing.
 */
const connects = [
  "roles/cloudsql.client",
  "roles/cloudsql.instanceUser",
  "roles/managedkafka.client",
  "roles/memorystore.dbConnectionUser",
  "roles/logging.logWriter",
  "roles/monitoring.metricWriter",
  "roles/cloudtrace.agent",
  "roles/serviceusage.serviceUsageConsumer",
];

/** Keys have a plane of their own. */
const ofOtherPlanes = ["key", "key ring"];

function find(view: CellView, paths: Paths): void {
  const members = membersOf(view);
  const ownerOf = googleOwners(view);
  const bindings = googleBindings(view).filter(({ on }) => !ofOtherPlanes.includes(on));
  const claims = bindings.flatMap((binding) =>
    binding.members
      .flatMap(members)
      .flatMap((member) => judge(view, paths, binding, member, ownerOf)),
  );
  addMeetings([...claims, ...sharedBuckets(view)], paths);
  actingAs(view, paths, members);
}

/** @returns what a member may use of a bucket that is not a tenant's */
function judge(
  view: CellView,
  paths: Paths,
  binding: GoogleBinding,
  { tenant, name }: MemberOf,
  ownerOf: (on: string, name: string) => string | undefined,
): Claim[] {
  const { on, role, condition, resource } = binding;
  const limited = condition === undefined ? undefined : namesIn(condition);
  // The role on a managed folder is one on the objects in it.
  const names = on === "folder" ? [binding.name] : limited;
  if (on === "project" && connects.includes(role)) return [];
  const owner = ownerOf(on, binding.name) ?? theCell;
  if (owner === tenant) return [];
  if (owner === theCell && names !== undefined && ["bucket", "project", "folder"].includes(on))
    return names.map((pattern) => ({
      scope: "google names",
      pattern,
      holder: tenant,
      kind: "may",
      principal: `${name} of tenant ${tenant}`,
      can: `has ${role} on`,
      key: `${role} ${pattern.replaceAll(tenant, "")}`,
      resource,
    }));
  // Without a limit, a role on what tenants share reaches what each of them has there.
  const shared = owner === theCell && (on === "bucket" || on === "project");
  paths.add({
    key: `${on} ${role}`,
    from: tenant,
    to: shared ? view.everyoneBut(tenant) : [owner],
    resource,
    steps: () => [
      {
        principal: `${name} of tenant ${tenant}`,
        can: `has ${role} on ${on} ${binding.name}, which is of ${ownerText(owner)}`,
        because:
          condition === undefined
            ? "the binding has no condition"
            : "its condition does not limit the names of resources",
      },
    ],
  });
  return [];
}

/** The names of objects in buckets of the cell, and those of each tenant. */
function sharedBuckets(view: CellView): Claim[] {
  return view.ofType("gcp:storage/bucket:Bucket").map((resource) => ({
    scope: "google names",
    pattern: objectsOf(text(resource.inputs.name)),
    holder: registrant(resource),
    kind: "owns",
    principal: "",
    can: "",
    key: "",
    resource,
  }));
}

function actingAs(
  view: CellView,
  paths: Paths,
  members: (member: string) => readonly MemberOf[],
): void {
  const owners = accountOwners(view);
  for (const resource of accountBindings(view)) {
    const { inputs } = resource;
    const role = text(inputs.role) ?? "";
    const email = (text(inputs.serviceAccountId) ?? "").split("/").at(-1) ?? "";
    const owner = owners.get(email) ?? theCell;
    if (!actsAs.includes(role)) continue;
    for (const { tenant, name } of [...texts(inputs.member), ...texts(inputs.members)].flatMap(
      members,
    )) {
      if (tenant === owner) continue;
      paths.add({
        key: role,
        from: tenant,
        to: [owner],
        resource,
        steps: () => [
          {
            principal: `${name} of tenant ${tenant}`,
            can: `acts as ${email} of ${ownerText(owner)}`,
            because: `it has ${role} on the account`,
          },
        ],
      });
    }
  }
}
