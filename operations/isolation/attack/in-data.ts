/** Attacks on data services that tenants share, as the attacker's users. Pure. */
import { theCell } from "../model.ts";
import { text } from "../plain.ts";
import { databasesOf, rolesIn } from "../sql-objects.ts";
import { registrant } from "../view.ts";
import type { Attack } from "./attack.ts";
import { attacked, attackedObjects, nameOf, type Target } from "./target.ts";

/** Run where the service is reachable, with the attacker's client configuration, which Atoll does not read. */
export function onKafka(target: Target): Attack[] {
  const { from } = target;
  const topics = [
    ...attackedObjects(target, "KafkaTopic").map(
      ({ inputs, name }) => text((inputs.spec as { topicName?: unknown })?.topicName) ?? name,
    ),
    ...attacked(target, "gcp:managedkafka/topic:Topic").map(({ inputs }) => text(inputs.topicId)),
    ...attacked(target, "aws:msk/topic:Topic").map(({ inputs }) => text(inputs.topicName)),
  ].filter((topic) => topic !== undefined);
  const attack = (id: string, what: string, ...run: string[]): Attack => ({
    id: `kafka-${id}`,
    plane: "kafka",
    what,
    as: `a client of ${from}: its configuration in client.properties, its brokers in {address}`,
    find: ["printenv", "KAFKA_BOOTSTRAP_SERVERS"],
    run,
    endsWell: true,
    refused:
      "TopicAuthorizationException|GroupAuthorizationException|ClusterAuthorizationException|Not authorized",
    reads: "the broker refuses the operation; a time-out means that the client could not connect",
  });
  if (topics.length === 0 || !hasClient(target)) return [];
  return [
    ...topics.flatMap((topic) => [
      attack(
        `read-${topic}`,
        `read topic ${topic}`,
        ...["kafka-console-consumer.sh", "--bootstrap-server", "{address}"],
        ...["--consumer.config", "client.properties", "--topic", topic],
        ...["--from-beginning", "--max-messages", "1", "--timeout-ms", "10000"],
      ),
      attack(
        `configs-${topic}`,
        `see the settings of topic ${topic}`,
        ...["kafka-configs.sh", "--bootstrap-server", "{address}"],
        ...["--command-config", "client.properties", "--describe", "--topic", topic],
      ),
    ]),
    attack(
      "groups",
      "see the ACLs of all tenants",
      ...["kafka-acls.sh", "--bootstrap-server", "{address}"],
      ...["--command-config", "client.properties", "--list"],
    ),
  ];
}

/** Whether the attacker can sign in to a cluster at all. */
function hasClient({ view, from }: Target): boolean {
  const types = ["gcp:managedkafka/acl:Acl", "aws:msk/topic:Topic"];
  return (
    view.objects("KafkaUser").some(({ resource }) => resource.tenant === from) ||
    types.some((type) => view.ofType(type).some(({ tenant }) => tenant === from))
  );
}

export function onDatabase(target: Target): Attack[] {
  const { view, from, to } = target;
  const roles = rolesIn(view).filter(({ holder }) => holder === from);
  const stores = databasesOf(view).filter(({ holder }) => holder === to);
  return roles.flatMap((role) =>
    stores
      .filter(({ server }) => server === role.server)
      .map(({ name }) => ({
        id: `database-${role.name}-${name}`,
        plane: "database",
        what: `connect to database ${name}`,
        as: `role ${role.name}, its password in PGPASSWORD, the server in PGHOST`,
        find: ["printenv", "PGHOST"],
        run: [
          ...["psql", "--no-password", "--host", "{address}", "--username", role.name],
          ...["--dbname", name, "--command", "select 1"],
        ],
        refused: "permission denied for database|no pg_hba\\.conf entry",
        reads: "PostgreSQL refuses the connection; a failed sign-in proves nothing",
      })),
  );
}

export function onCache(target: Target): Attack[] {
  const { view, from, to } = target;
  const users = view
    .ofType("aws:elasticache/user:User")
    .filter((resource) => registrant(resource) === from)
    .flatMap(({ inputs }) => text(inputs.userName) ?? []);
  const key = to === theCell ? "atoll" : `${nameOf(target)}:attack`;
  const attempts: readonly (readonly [what: string, ...command: string[]])[] = [
    [`read a key of ${nameOf(target)}`, "GET", key],
    [`write a key of ${nameOf(target)}`, "SET", key, "1", "NX", "EX", "1"],
    [`publish to a channel of ${nameOf(target)}`, "PUBLISH", key, "1"],
    ["list the keys of all tenants", "SCAN", "0"],
    ["see a random key", "RANDOMKEY"],
    ["search the keys of all tenants", "KEYS", "atoll-attack"],
  ];
  return users.flatMap((user) =>
    attempts.map(([what, ...command]) => ({
      id: `cache-${user}-${command[0]?.toLowerCase()}`,
      plane: "cache",
      what,
      as: `cache user ${user}, its password in REDISCLI_AUTH, the server in CACHE_HOST`,
      find: ["printenv", "CACHE_HOST"],
      run: ["valkey-cli", "-e", "--tls", "-h", "{address}", "--user", user, ...command],
      refused: "NOPERM",
      reads: "the server answers NOPERM",
    })),
  );
}
