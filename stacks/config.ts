import * as pulumi from "@pulumi/pulumi";
import { BlueprintError } from "../components/core/errors.ts";

const config = () => new pulumi.Config("atoll");

/** A secret in the stack's config, by its key without `atoll:`. */
export function stackSecret(key: string): pulumi.Output<string> {
  const value = config().getSecret(key);
  if (value) return value;
  throw new BlueprintError(
    "manifest-invalid",
    `stack "${pulumi.getStack()}" has no config value atoll:${key}: set it with \`pulumi config set --secret atoll:${key}\``,
  );
}

/** Whether deletion protection is disabled for this run, as by `atoll destroy --lift-protection`. */
export function protectionLifted(): boolean {
  return config().get("protection") === "lifted";
}
