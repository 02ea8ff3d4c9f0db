/** How topics of a tenant move: MirrorMaker 2 copies records and the offsets of groups under the same names. Pure. */
import type { MoveEnd, Moving, TenantMoves } from "../section/tenant-moves.ts";
import { output, stored } from "../section/tenant-moves.ts";

/** A pool and a bridge are topics of the cell's cluster. */
export const streamMoves: TenantMoves = {
  beside: (_, from, to) => (from === "silo") !== (to === "silo"),
  plan: (moving) => ({
    copy: {
      title:
        "Mirror the topics, and let it run until the cut-over; add the sign-in of both clusters to the file",
      commands: [
        servers(moving, moving.from, "OLD_SERVERS"),
        servers(moving, moving.to, "NEW_SERVERS"),
        { run: ["printf", "%s\\n", ...properties(moving.tenant)], file },
        { run: ["connect-mirror-maker.sh", file] },
      ],
      verify: offsets(moving, "offsets of the new topics that follow those of the old ones"),
    },
    drain: {
      title: "Wait until all records are mirrored, then stop MirrorMaker",
      commands: [],
      verify: offsets(moving, "the same number of records for each partition"),
    },
    lost: "no records; a consumer may see records of the last minute twice, because offsets of groups are synchronized every minute",
    lostBack:
      "records that were written since the cut-over: consume them first, or write them again; topics of the same name cannot be mirrored back without doubles",
  }),
};

const file = "mirror.properties";

function servers(moving: Moving, end: MoveEnd, into: string) {
  return output(moving, end, ".bootstrapServers", into);
}

/** Source: Apache Kafka, "Geo-replication (cross-cluster data mirroring)". */
function properties(tenant: string): string[] {
  const names = `${tenant}\\\\..*`;
  return [
    "clusters = old, new",
    `old.bootstrap.servers = ${stored("OLD_SERVERS")}`,
    `new.bootstrap.servers = ${stored("NEW_SERVERS")}`,
    "old->new.enabled = true",
    "new->old.enabled = false",
    `old->new.topics = ${names}`,
    `old->new.groups = ${names}`,
    "replication.policy.class = org.apache.kafka.connect.mirror.IdentityReplicationPolicy",
    "old->new.sync.group.offsets.enabled = true",
    // The stack creates topics and permissions.
    "sync.topic.acls.enabled = false",
    "sync.topic.configs.enabled = false",
  ];
}

function offsets(moving: Moving, expect: string) {
  const list = (servers: string) => ({
    run: [
      "kafka-get-offsets.sh",
      "--bootstrap-server",
      servers,
      "--command-config",
      "client.properties",
      "--topic",
      `${moving.tenant}\\..*`,
    ],
  });
  return { commands: [list(stored("OLD_SERVERS")), list(stored("NEW_SERVERS"))], expect };
}
