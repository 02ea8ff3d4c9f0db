/** Compares a tenant with the outputs of its own stack, before anything is registered. */
import * as pulumi from "@pulumi/pulumi";
import { BlueprintError } from "../../components/core/errors.ts";
import type { Tenant } from "../../footprint/model.ts";
import { unmovedProblems } from "../../footprint/tenants/unmoved.ts";
import { tenantOutputs } from "../outputs/tenant.ts";

/** The function of the engine behind `StackReference`: unlike that, it registers no resource. */
const token = "pulumi:pulumi:readStackOutputs";

/** @throws BlueprintError `move-needed` if the manifest would delete the tenant's data without a move */
export async function refuseUnmoved(tenant: Tenant): Promise<void> {
  const name = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
  const answer = (await pulumi.runtime.invoke(token, { name })) as {
    readonly outputs?: { readonly tenant?: unknown };
  };
  // Empty before the first deployment.
  const { data } = tenantOutputs.safeParse(answer.outputs?.tenant);
  if (data === undefined) return;
  const problems = unmovedProblems(tenant, data);
  if (problems.length === 0) return;
  throw new BlueprintError(
    "move-needed",
    `tenant "${tenant.name}" has data where its manifest no longer is:`,
    problems,
  );
}
