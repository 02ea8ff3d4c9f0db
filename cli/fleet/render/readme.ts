/** How a rendered fleet is installed. */
import { accounts } from "./access.ts";
import { installation } from "./argo.ts";
import type { FleetPlan, FleetSettings } from "./plan.ts";
import { backendSecret, passphraseSecret } from "./secrets.ts";

export function readme(plan: FleetPlan, settings: FleetSettings): string {
  const { environment, namespace, gates, shards } = plan;
  const tenants = shards.reduce((sum, shard) => sum + shard.tenants.length, 0);
  const stacks = [...gates, ...shards.flatMap((shard) => shard.tenants)];
  const passphrase = stacks.some(({ stack }) => settings.secretsProviderOf(stack) === undefined);
  const secret = ({ name, key }: { readonly name: string; readonly key: string }, from: string) =>
    `kubectl -n ${namespace} create secret generic ${name} --from-file=${key}=${from}`;
  return `# The fleet of ${environment}

${tenants} tenants in ${shards.length} shards. docs/fleet.md of Atoll has the reasons and the arithmetic.

1. Build and push the image, then render again with its digest:
   \`docker build --file ${settings.folder}/Dockerfile --tag <image> . && docker push <image>\`
   \`npx atoll fleet render ${environment} --image <image>@sha256:<digest>\`
2. Install the operator: chart pulumi-kubernetes-operator ${installation.chartVersion} in the namespace
   \`${installation.namespace}\`, with \`operator-values.yaml\`. Merge \`argo-cd-values.yaml\` into the values of Argo CD.
3. Apply \`admin/access.yaml\`. Then create the Secrets, from files that are in no repository:

   \`\`\`
   ${secret(backendSecret, "<file with the backend's URL>")}
${passphrase ? `   ${secret(passphraseSecret, "<file with the passphrase>")}\n` : ""}   \`\`\`

4. Bind the service accounts to cloud identities: \`${accounts.workspace}\` may change what tenants have, \`${accounts.preview}\` only
   reads the clouds, and \`${accounts.healer}\` only reads and writes the backend. Each needs the backend, and the key of the secrets
   provider. --identity, --preview-identity and --backend-identity render annotations; EKS Pod Identity needs none.
5. Deploy the environment and its cells with \`npx atoll up ${environment}\`. The fleet only previews them.
6. Commit this folder, and apply \`admin/argo-cd.yaml\`.
`;
}
