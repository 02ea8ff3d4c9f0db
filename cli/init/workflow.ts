/** The workflow that previews pull requests and deploys what is merged. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Cloud } from "../../components/core/cloud.ts";

export interface Wanted {
  /** The name of the Pulumi project. */
  readonly name: string;
  readonly environment: string;
  readonly clouds: readonly Cloud[];
}

/** Steps that sign in with the role in a variable of the repository or its environment. Without the variable a step is skipped. */
const credentials: Readonly<Partial<Record<Cloud, (job: "PREVIEW" | "DEPLOY") => string>>> = {
  aws: (job) => `      - if: vars.AWS_${job}_ROLE != ''
        uses: aws-actions/configure-aws-credentials@e6de054238d6b7531b4efff3b6587d9aade6a06c # v6.2.3
        with:
          role-to-assume: \${{ vars.AWS_${job}_ROLE }}
          aws-region: \${{ vars.AWS_REGION }}
`,
  gcp: (job) => `      - if: vars.GOOGLE_${job}_ACCOUNT != ''
        uses: google-github-actions/auth@7c6bc770dae815cd3e89ee6cdf493a5fab2cc093 # v3.0.0
        with:
          workload_identity_provider: \${{ vars.GOOGLE_IDENTITY_PROVIDER }}
          service_account: \${{ vars.GOOGLE_${job}_ACCOUNT }}
`,
};

export function workflow({ environment, clouds }: Wanted): string {
  const stepsOf = (job: "PREVIEW" | "DEPLOY") =>
    clouds.map((cloud) => credentials[cloud]?.(job) ?? "").join("");
  return readTemplate("deploy.yml")
    .replaceAll("{{environment}}", environment)
    .replace("{{preview-credentials}}", () => stepsOf("PREVIEW"))
    .replace("{{up-credentials}}", () => stepsOf("DEPLOY"));
}

export function readTemplate(name: string): string {
  return readFileSync(path.join(import.meta.dirname, "templates", name), "utf8");
}
