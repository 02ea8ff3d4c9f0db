/** The manifests of tenants, each checked by itself. */
import type { Problem } from "../../components/core/errors.ts";
import { checkSpec } from "../../components/core/spec.ts";
import type { TenantSection } from "../../components/section/tenant-section.ts";
import { longestStack, reservedIds, tenantId } from "../../components/tenancy/tenant-id.ts";
import {
  configFile,
  environmentOf,
  hasFile,
  readStackConfig,
  type StackConfig,
} from "../files/config-files.ts";
import { missingValues } from "../files/config-keys.ts";
import { tenantSchema } from "../manifest/tenant.ts";
import type { PlacedTenant } from "../model.ts";

/** A tenant's manifest; undefined when it is not valid. Adds problems to `problems`. */
export function readTenant(
  configDir: string,
  stack: string,
  registry: readonly TenantSection[],
  problems: Problem[],
  schema = tenantSchema(registry),
): PlacedTenant | undefined {
  const config = readStackConfig(configDir, stack);
  if ("problem" in config) {
    problems.push(config.problem);
    return undefined;
  }
  return tenantOf(configDir, stack, config, registry, problems, schema);
}

/** A tenant from the content of its file, which need not exist yet; undefined when it is not valid. */
export function tenantOf(
  configDir: string,
  stack: string,
  config: StackConfig,
  registry: readonly TenantSection[],
  problems: Problem[],
  schema = tenantSchema(registry),
): PlacedTenant | undefined {
  const file = configFile(stack);
  const environment = environmentOf(stack);
  const name = stack.slice(environment.length + 1);
  const found: Problem[] = idProblems(file, stack, name);
  const { spec, problems: wrong } = checkSpec(schema, config.manifest, file);
  found.push(...wrong);
  if (spec !== undefined && spec.environment !== environment) {
    found.push({
      path: `${file}: environment`,
      message: `must be "${environment}", as in the stack's name`,
      got: spec.environment,
    });
  }
  if (spec?.hooks !== undefined && !hasFile(configDir, spec.hooks)) {
    found.push({ path: `${file}: hooks`, message: "must be an existing file", got: spec.hooks });
  }
  if (spec !== undefined) {
    const keys = registry.flatMap(({ name: section, configKeys }) => {
      const settings = spec.sections[section];
      if (settings === undefined || configKeys === undefined) return [];
      return Object.entries(configKeys(settings as never)).flatMap(([field, key]) =>
        key === undefined ? [] : [[`${section}.${field}`, key] as const],
      );
    });
    found.push(...missingValues(Object.fromEntries(keys), file, config));
  }
  problems.push(...found);
  return spec === undefined || found.length > 0 ? undefined : { ...spec, name, stack };
}

function idProblems(file: string, stack: string, name: string): Problem[] {
  const path = `${file}: the name`;
  const { error } = tenantId.safeParse(name);
  const wrong = (error?.issues ?? []).map(({ message }) => ({ path, message, got: name }));
  if (reservedIds.includes(name)) {
    wrong.push({ path, message: "must not be an id that Atoll reserves", got: name });
  }
  if (stack.length > longestStack) {
    const message = `must leave the stack's name within ${longestStack} characters; it has ${stack.length}`;
    wrong.push({ path, message, got: name });
  }
  return wrong;
}
