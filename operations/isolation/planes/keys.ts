/** Keys: who of a tenant can use keys of others, or a shared key for data of others. */
import { addMeetings, type Claim } from "../claims.ts";
import { intersects } from "../glob.ts";
import { type GoogleBinding, googleBindings, googleOwners } from "../google/bindings.ts";
import { membersOf } from "../google/members.ts";
import { kmsClaims } from "../iam/key-claims.ts";
import { deniedByKey, keysOf } from "../iam/key-policies.ts";
import { isOwn, principalsOf, rolesOf } from "../iam/principals.ts";
import { theCell } from "../model.ts";
import type { Paths } from "../paths.ts";
import type { Plane } from "../plane.ts";
import { type CellView, ownerText } from "../view.ts";

export const keys: Plane = {
  id: "ISO8",
  title: "No tenant decrypts data of others",
  remedy:
    "grant a tenant its own key, or a shared key with an encryption context that names the tenant's resources",
  find,
};

function find(view: CellView, paths: Paths): void {
  onAws(view, paths);
  onGoogle(view, paths);
}

function onAws(view: CellView, paths: Paths): void {
  const principals = principalsOf(view, rolesOf(view)).filter(isOwn);
  const found = keysOf(view);
  const claims = principals.flatMap((principal) => {
    const may = kmsClaims(principal);
    return found.flatMap((key): Claim[] =>
      may.flatMap(({ pattern, context, statement, wide, authorized }) => {
        if (!intersects(pattern, key.arn) || deniedByKey(key, principal.session)) return [];
        const { tenant, name, role } = principal;
        return [
          {
            scope: key.arn,
            pattern: key.owner === theCell ? context : "*",
            authorized,
            holder: tenant,
            kind: "may",
            principal: `${name} of tenant ${tenant}`,
            can: `may ${statement.actions.slice(0, 2).join(", ")} with ${key.resource.name}${key.owner === theCell && wide ? " in every context" : ""}: context`,
            key: `${statement.sid} ${key.owner === theCell ? "shared" : "own"}`,
            resource: role.resource,
          },
        ];
      }),
    );
  });
  const owned = found
    .filter(({ owner }) => owner !== theCell)
    .map(
      (key): Claim => ({
        scope: key.arn,
        pattern: "*",
        holder: key.owner,
        kind: "owns",
        principal: "",
        can: "",
        key: "",
        resource: key.resource,
      }),
    );
  // A context that covers every tenant's is the mistake, also where no other tenant uses the key yet.
  for (const claim of claims.filter(({ pattern, scope }) => pattern === "*" && isShared(scope)))
    wholeKey(view, paths, claim);
  addMeetings([...claims, ...owned], paths);
  for (const key of found)
    for (const { principal, because } of key.allowed(principals)) {
      const { tenant, name } = principal;
      if (tenant === key.owner) continue;
      const to = key.owner === theCell ? view.everyoneBut(tenant) : [key.owner];
      paths.add({
        key: because,
        from: tenant,
        to,
        resource: key.resource,
        steps: () => [
          {
            principal: `${name} of tenant ${tenant}`,
            can: `uses the key ${key.resource.name} of ${ownerText(key.owner)}`,
            because,
          },
        ],
      });
    }

  function isShared(arn: string): boolean {
    return found.some((key) => key.arn === arn && key.owner === theCell);
  }
}

function wholeKey(view: CellView, paths: Paths, claim: Claim): void {
  paths.add({
    key: claim.key,
    from: claim.holder,
    to: view.everyoneBut(claim.holder),
    resource: claim.resource,
    steps: () => [
      {
        principal: claim.principal,
        can: "decrypts data of every tenant that the shared key encrypts",
        because: "no condition on the encryption context limits it",
      },
    ],
  });
}

/** Google has no condition on contexts: a member on a shared key decrypts what it encrypts for all. */
function onGoogle(view: CellView, paths: Paths): void {
  const members = membersOf(view);
  const ownerOf = googleOwners(view);
  const isKey = ({ on }: GoogleBinding) => on === "key" || on === "key ring";
  for (const binding of googleBindings(view).filter(isKey)) {
    const owner = ownerOf(binding.on, binding.name) ?? theCell;
    for (const { tenant, name } of binding.members.flatMap(members)) {
      if (tenant === owner || binding.role === "roles/cloudkms.publicKeyViewer") continue;
      paths.add({
        key: binding.role,
        from: tenant,
        to: owner === theCell ? view.everyoneBut(tenant) : [owner],
        resource: binding.resource,
        steps: () => [
          {
            principal: `${name} of tenant ${tenant}`,
            can: `has ${binding.role} on the key ${binding.name}`,
            because: `the key is of ${ownerText(owner)}`,
          },
        ],
      });
    }
  }
}
