/** Reads and checks manifests as plain data, without any cloud SDK. */
export { BlueprintError, type ErrorCode, type Problem } from "../components/core/errors.ts";
export { sectionsWith } from "../components/sections.ts";
export {
  configDirectory,
  environmentOf,
  listEnvironments,
  listStacks,
} from "../footprint/files/config-files.ts";
export { findProject, type ProjectFile } from "../footprint/files/project-file.ts";
export { loadFootprint } from "../footprint/load.ts";
export { environmentRegistry } from "../footprint/manifest/environment.ts";
export { manifestSchemas } from "../footprint/manifest/kinds.ts";
export type * from "../footprint/model.ts";
