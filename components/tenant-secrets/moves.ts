/** How secrets of a tenant move to another cell: values are written again. Pure. */
import type { MoveCommand, MoveEnd, TenantMoves } from "../section/tenant-moves.ts";
import { output, stored } from "../section/tenant-moves.ts";

export const secretsMoves: TenantMoves = {
  // The same secrets in every isolation.
  beside: () => false,
  plan: (moving) => {
    const { from, to } = moving;
    const { secrets = {} } = moving.settings as { readonly secrets?: object };
    const names = Object.keys(secrets);
    const each = (make: (key: string) => MoveCommand[]) => names.flatMap(make);
    return {
      copy: {
        title:
          "Copy the current values, on a machine that nobody else uses: commands show their arguments",
        commands: each((key) => {
          const at = `.names[${JSON.stringify(key)}]`;
          return [
            output(moving, from, at, "OLD_SECRET"),
            output(moving, to, at, "NEW_SECRET"),
            { run: read(from), into: "VALUE" },
            { run: write(to) },
          ];
        }),
        verify: {
          commands: [],
          expect: `a current version of ${names.join(", ") || "each secret"} in ${to.cell}`,
        },
      },
      lost: "earlier versions of secrets, which are not copied",
      lostBack: "values that were rotated since the cut-over",
    };
  },
};

function read({ cloud, owner, region }: MoveEnd): string[] {
  switch (cloud) {
    case "aws":
      return [
        ...["aws", "secretsmanager", "get-secret-value", "--region", region],
        ...["--secret-id", stored("OLD_SECRET"), "--query", "SecretString", "--output", "text"],
      ];
    case "gcp":
      return [
        ...["gcloud", "secrets", "versions", "access", "latest"],
        ...["--secret", stored("OLD_SECRET"), "--project", owner],
      ];
    case "onprem":
      return ["vault", "kv", "get", "-field=value", stored("OLD_SECRET")];
  }
}

function write({ cloud, owner, region }: MoveEnd): string[] {
  switch (cloud) {
    case "aws":
      return [
        ...["aws", "secretsmanager", "put-secret-value", "--region", region],
        ...["--secret-id", stored("NEW_SECRET"), "--secret-string", stored("VALUE")],
      ];
    case "gcp":
      return [
        ...[
          "sh",
          "-c",
          'printf %s "$2" | gcloud secrets versions add "$1" --project "$0" --data-file=-',
        ],
        ...[owner, stored("NEW_SECRET"), stored("VALUE")],
      ];
    case "onprem":
      return ["vault", "kv", "put", stored("NEW_SECRET"), `value=${stored("VALUE")}`];
  }
}
