/** Plans the off-boarding of a tenant: what is exported, revoked and destroyed, and what stays until when. Pure. */
import type { MoveCommand } from "../../components/section/tenant-moves.ts";
import { stored } from "../../components/section/tenant-moves.ts";
import type { Tenant, TenantOnCell } from "../../footprint/model.ts";

/** What stays after a tenant has left. */
export interface Kept {
  readonly store: string;
  readonly what: string;
  /** `2027-03-31` */
  readonly until: string;
  readonly why: string;
}

/** A store whose data is exported before it is destroyed. */
export interface Export {
  readonly store: string;
  readonly title: string;
  readonly commands: readonly MoveCommand[];
}

export interface OffboardingPlan {
  readonly tenant: string;
  readonly exports: readonly Export[];
  /** Objects and their versions, which are deleted before the stack. */
  readonly purges: readonly Export[];
  /** Who loses access, and in which order stores are handled. */
  readonly steps: readonly string[];
  readonly kept: readonly Kept[];
}

/** @param today `2027-03-31` */
export function planOffboarding(tenant: Tenant, today: string): OffboardingPlan {
  const { partners, stack, name } = tenant;
  const people = tenant.sections.namespaces as
    | Readonly<Record<"operators" | "ci", unknown>>
    | undefined;
  const roles = (["operators", "ci"] as const).filter((role) => people?.[role] !== undefined);
  const shared = tenant.on.flatMap((place) => sharedStores(place));
  return {
    tenant: stack,
    exports: tenant.on.flatMap((place) => exportsOf(tenant, place)),
    purges: tenant.on.flatMap((place) => purgesOf(tenant, place)),
    steps: [
      `revoke partners (${Object.keys(partners).join(", ") || "none"}), people and pipelines (${roles.join(", ") || "none"}), and stop workloads and traffic`,
      `destroy the stack ${stack}: workloads' identities first, then stores, keys last`,
      ...shared.map((store) => `of shared stores: ${store}`),
      `verify that nothing with the tag tenant=${name} is left, sign the certificate, and delete the tenant's file`,
    ],
    kept: tenant.on.flatMap((place) => keptOn(place, today)),
  };
}

/** Why a tenant cannot leave today; undefined if it can. */
export function heldBack(
  { legalHold, moving, stack }: Pick<Tenant, "legalHold" | "moving" | "stack">,
  today: string,
): string | undefined {
  if (legalHold !== undefined && (legalHold.until === undefined || legalHold.until >= today)) {
    const until = legalHold.until === undefined ? "it is lifted" : legalHold.until;
    return `${stack} is under a legal hold until ${until}: ${legalHold.reason}`;
  }
  return moving === undefined
    ? undefined
    : `${stack} is being moved to ${moving.to}: finish the move, or roll it back`;
}

function isolationOf({ tier }: TenantOnCell, section: string): string {
  return tier.isolation[section] ?? "pool";
}

function has({ sections }: TenantOnCell, section: string): boolean {
  return sections.some((each) => each.section.name === section);
}

function exportsOf({ stack, name }: Tenant, place: TenantOnCell): Export[] {
  const { cell, context } = place;
  const at = (path: string): readonly string[] => [
    ...["jq", "--exit-status", "--raw-output"],
    `.cells[${JSON.stringify(cell.name)}].sections.${path}`,
    `${stack}.json`,
  ];
  const keysOf = (section: string, field: string) =>
    Object.keys(
      (
        context.settings({ name: section } as never) as Readonly<Record<string, object>> | undefined
      )?.[field] ?? {},
    );
  const folder = `export/${name}/${cell.name}`;
  const found: Export[] = [];
  if (has(place, "database")) {
    found.push({
      store: `database (${cell.name})`,
      title: "Dump each database; on-premises inside the primary's pod",
      commands: keysOf("database", "databases").flatMap((key) => {
        const of = (field: string, into: string) => ({
          run: at(`database.databases[${JSON.stringify(key)}].${field}`),
          into,
        });
        const host = `--host=${stored("HOST")}`;
        return [
          of("host", "HOST"),
          of("database", "DATABASE"),
          {
            run: ["pg_dump", "--format=custom", host, stored("DATABASE")],
            file: `${folder}-${key}.dump`,
          },
        ];
      }),
    });
  }
  if (has(place, "objectStore")) {
    const tool = {
      aws: ["aws", "s3", "sync"],
      gcp: ["gcloud", "storage", "rsync", "--recursive"],
      onprem: ["rclone", "sync"],
    }[cell.cloud];
    found.push({
      store: `objectStore (${cell.name})`,
      title: "Copy the current versions of all objects",
      commands: keysOf("objectStore", "buckets").flatMap((key) => [
        { run: at(`objectStore.buckets[${JSON.stringify(key)}]`), into: "BUCKET" },
        { run: [...tool, stored("BUCKET"), `${folder}-${key}`] },
      ]),
    });
  }
  if (has(place, "stream")) {
    found.push({
      store: `stream (${cell.name})`,
      title: "Read each topic from its beginning; the file client.properties has the sign-in",
      commands: [
        { run: at("stream.bootstrapServers"), into: "SERVERS" },
        ...keysOf("stream", "topics").map((topic) => ({
          run: [
            ...["kafka-console-consumer.sh", "--bootstrap-server", stored("SERVERS")],
            ...["--consumer.config", "client.properties", "--topic", `${name}.${topic}`],
            ...["--from-beginning", "--timeout-ms", "60000"],
          ],
          file: `${folder}-${topic}.records`,
        })),
      ],
    });
  }
  if (found.length > 0) {
    const show = ["npx", "atoll", "pulumi", "--", "stack", "output", "tenant", "--json"];
    found.unshift({
      store: `outputs (${cell.name})`,
      title: "Write down where the data is",
      commands: [
        { run: ["mkdir", "-p", `export/${name}`] },
        { run: [...show, "--stack", stack], file: `${stack}.json` },
      ],
    });
  }
  return found;
}

/** All versions of all objects: a bucket that is not empty cannot be deleted, and a shared one stays. */
function purgesOf({ stack }: Tenant, place: TenantOnCell): Export[] {
  const { cell, context } = place;
  if (!has(place, "objectStore") || cell.cloud === "onprem") return [];
  const given = context.settings({ name: "objectStore" } as never) as
    | { readonly buckets?: object }
    | undefined;
  const keys = Object.keys(given?.buckets ?? {});
  const read = (key: string, filter: string) => [
    ...["jq", "--exit-status", "--raw-output"],
    `.cells[${JSON.stringify(cell.name)}].sections.objectStore.buckets[${JSON.stringify(key)}]${filter}`,
    `${stack}.json`,
  ];
  return [
    {
      store: `objectStore (${cell.name})`,
      title:
        cell.cloud === "aws"
          ? "Delete all versions, 1,000 at a time: repeat until none is listed"
          : "Delete all versions",
      commands: keys.flatMap((key): MoveCommand[] => {
        if (cell.cloud === "gcp") {
          return [
            { run: read(key, ""), into: "BUCKET" },
            { run: ["gcloud", "storage", "rm", "--all-versions", `${stored("BUCKET")}/**`] },
          ];
        }
        const at = ["--region", cell.region, "--bucket", stored("BUCKET")];
        const query =
          "{Objects: [Versions, DeleteMarkers][] | [:1000].{Key: Key, VersionId: VersionId}, Quiet: `true`}";
        return [
          { run: read(key, ' | split("/")[2]'), into: "BUCKET" },
          { run: read(key, ' | split("/")[3:] | join("/")'), into: "PREFIX" },
          {
            run: [
              ...["aws", "s3api", "list-object-versions", ...at, "--prefix", stored("PREFIX")],
              ...["--query", query, "--output", "json"],
            ],
            file: "versions.json",
          },
          { run: ["aws", "s3api", "delete-objects", ...at, "--delete", "file://versions.json"] },
        ];
      }),
    },
  ];
}

/** What is taken out of stores that tenants share. */
function sharedStores(place: TenantOnCell): string[] {
  const { cell, context } = place;
  const of: readonly (readonly [string, readonly string[], string])[] = [
    [
      "database",
      ["pool", "bridge"],
      "its databases, schemas and roles are dropped, and the clusters stay",
    ],
    [
      "stream",
      ["pool", "bridge"],
      `its topics with all records, and its users, are deleted: prefix ${context.id}.`,
    ],
    [
      "cache",
      cell.cloud === "aws" ? ["pool"] : [],
      `its user is deleted; keys with the prefix ${context.id}: are evicted or expire, because no user may list keys`,
    ],
    ["objectStore", ["pool"], "its folders are emptied, all versions included; the bucket stays"],
  ];
  return of.flatMap(([section, isolations, text]) =>
    has(place, section) && isolations.includes(isolationOf(place, section))
      ? [`${section} (${cell.name}): ${text}`]
      : [],
  );
}

function keptOn(place: TenantOnCell, today: string): Kept[] {
  const { cell, context, tier } = place;
  const kept: Kept[] = [];
  const add = (store: string, what: string, days: number, why: string) =>
    void kept.push({ store: `${store} (${cell.name})`, what, until: after(today, days), why });
  const isShared = (section: string) =>
    has(place, section) && isolationOf(place, section) !== "silo";
  if (isShared("database")) {
    const days = backupDays(context.cellSpec({ name: "database" } as never, cell.cloud as never));
    add(
      "database",
      "backups of the cell's cluster, which contain the tenant's databases",
      days,
      "backups of a shared cluster cannot be changed; they expire",
    );
  }
  if (has(place, "keys") && cell.cloud !== "onprem" && isolationOf(place, "keys") !== "pool") {
    const keys = (tier as unknown as { readonly keys?: { readonly deletionWindowDays?: number } })
      .keys;
    add(
      "keys",
      "the tenant's key, disabled; with it every backup and copy becomes unreadable",
      cell.cloud === "aws" ? (keys?.deletionWindowDays ?? 30) : 30,
      "the window in which the cloud can restore a deleted key",
    );
  }
  // Only what was exported can be kept.
  if (
    context.retentionDays > 0 &&
    ["database", "stream", "objectStore"].some((name) => has(place, name))
  )
    add(
      "export",
      "the export that you wrote",
      context.retentionDays,
      `the retention of tier ${context.tier}`,
    );
  return kept;
}

function backupDays(spec: unknown): number {
  const { backupDays: days } = (spec ?? {}) as { readonly backupDays?: unknown };
  return typeof days === "number" ? days : 35;
}

function after(today: string, days: number): string {
  return new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
