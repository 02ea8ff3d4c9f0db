/** How databases of a tenant move: by dump and restore while writes are stopped, so that nothing is lost. Pure. */
import {
  type MoveCommand,
  type MoveEnd,
  type MoveWork,
  type Moving,
  output,
  stored,
  type TenantMoves,
} from "../section/tenant-moves.ts";

/** A pool and a bridge are the same database in the cell's cluster. */
export const databaseMoves: TenantMoves = {
  beside: (_, from, to) => (from === "silo") !== (to === "silo"),
  // Archives of a deleted cluster stay, and names of Cloud SQL's instances are taken for a week.
  deleted: (_, left, { generation = 1 }: { readonly generation?: number }) =>
    left === "silo" ? { generation: generation + 1 } : {},
  plan: (moving) => ({
    copy: {
      ...work(moving, moving.from, moving.to, "Copy the databases once, to measure the time"),
    },
    drain: work(moving, moving.from, moving.to, "Copy the databases while nothing is written"),
    back: work(moving, moving.to, moving.from, "Copy the databases back while nothing is written"),
    lost: "no data; services cannot write while the databases are dumped and restored. Backups of the old databases end with them",
    lostBack: "nothing, if the databases are copied back first",
  }),
};

function work(moving: Moving, from: MoveEnd, to: MoveEnd, title: string): MoveWork {
  const { databases = {} } = moving.settings as { readonly databases?: object };
  const names = Object.keys(databases);
  return {
    title: `${title}; sign in as a user that may act as the owner`,
    commands: names.flatMap((name) => copyOf(moving, from, to, name)),
    verify: {
      commands: names.flatMap((name) => [
        ...connection(moving, from, name, "OLD").commands,
        tables(connection(moving, from, name, "OLD")),
        ...connection(moving, to, name, "NEW").commands,
        tables(connection(moving, to, name, "NEW")),
      ]),
      expect:
        "the same number of tables twice for each database, and the same totals in your own reports",
    },
  };
}

interface Connection {
  /** Store what the connection needs. */
  readonly commands: readonly MoveCommand[];
  run(program: string, ...args: readonly string[]): MoveCommand;
  readonly database: string;
}

function copyOf(moving: Moving, from: MoveEnd, to: MoveEnd, name: string): MoveCommand[] {
  const source = connection(moving, from, name, "OLD");
  const target = connection(moving, to, name, "NEW");
  const role = `tenant_${moving.tenant}_${name}_owner`.replaceAll("-", "_");
  const file = `${moving.tenant}-${name}.dump`;
  const restore = ["--clean", "--if-exists", "--no-owner", "--no-privileges", `--role=${role}`];
  const dumped = source.run("pg_dump", "--format=custom", "--no-owner", "--no-privileges");
  return [
    ...source.commands,
    ...target.commands,
    { ...dumped, run: [...dumped.run, source.database], file },
    ...(to.cloud === "onprem"
      ? [
          {
            run: [
              ...kubectl(to),
              "cp",
              file,
              `${stored("NEW_POD")}:${inPod}`,
              "--namespace",
              stored("NEW_NAMESPACE"),
              "--container",
              "postgres",
            ],
          },
          target.run("pg_restore", ...restore, `--dbname=${target.database}`, inPod),
          target.run("rm", inPod),
        ]
      : [target.run("pg_restore", ...restore, `--dbname=${target.database}`, file)]),
  ];
}

/** On the instance's volume, which has enough space. */
const inPod = "/var/lib/postgresql/data/move.dump";

function connection(moving: Moving, end: MoveEnd, name: string, prefix: "OLD" | "NEW"): Connection {
  const of = (field: string, into: string) =>
    output(moving, end, `.databases[${JSON.stringify(name)}].${field}`, `${prefix}_${into}`);
  const database = `${stored(`${prefix}_DATABASE`)}`;
  if (end.cloud !== "onprem") {
    return {
      commands: [of("host", "HOST"), of("port", "PORT"), of("database", "DATABASE")],
      run: (program, ...args) => ({
        run: [
          program,
          `--host=${stored(`${prefix}_HOST`)}`,
          `--port=${stored(`${prefix}_PORT`)}`,
          ...args,
        ],
      }),
      database,
    };
  }
  const space = ["--namespace", `${stored(`${prefix}_NAMESPACE`)}`];
  return {
    commands: [
      of("namespace", "NAMESPACE"),
      of("database", "DATABASE"),
      {
        run: [
          ...kubectl(end),
          ...space,
          "get",
          "clusters.postgresql.cnpg.io",
          "--output",
          "jsonpath={.items[0].status.currentPrimary}",
        ],
        into: `${prefix}_POD`,
      },
    ],
    run: (program, ...args) => ({
      run: [
        ...kubectl(end),
        ...space,
        "exec",
        `${stored(`${prefix}_POD`)}`,
        "--container",
        "postgres",
        "--",
        program,
        ...args,
      ],
    }),
    database,
  };
}

function tables({ run, database }: Connection): MoveCommand {
  return run(
    "psql",
    "--tuples-only",
    "--no-align",
    `--dbname=${database}`,
    "--command",
    "select count(*) from pg_catalog.pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
  );
}

function kubectl({ cell }: MoveEnd): string[] {
  return ["kubectl", "--kubeconfig", `${cell}.kubeconfig`];
}
