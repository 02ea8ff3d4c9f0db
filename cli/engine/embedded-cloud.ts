/** Opens the embedded cloud of a rehearsal. It loads the schemas of the SDKs only then. */
import path from "node:path";
import { Failure } from "../failure.ts";
import type { StartCloud } from "./served-cloud.ts";

/** Serves the cloud whose state is in a folder. @throws Failure `state-unreadable` when its file is damaged */
export const embeddedCloud: StartCloud = async ({ stateDir }) => {
  const [{ attachment, cloudFile, startCloud }, { existingStack, putExisting }, { Store }] =
    await Promise.all([
      import("../../simulator/cloud.ts"),
      import("../../simulator/existing.ts"),
      import("../../simulator/store.ts"),
    ]);
  const store = orUnreadable(stateDir, () => new Store(cloudFile(stateDir)));
  const cloud = await startCloud({ stateDir });
  return {
    attachment: attachment(cloud.port),
    inventory: {
      resources: () =>
        orUnreadable(stateDir, () => store.all()).map((resource) => ({
          ...resource,
          stack: resource.stack === existingStack ? "" : resource.stack,
          outputs: resource.state,
        })),
      exist: (resources) => orUnreadable(stateDir, () => putExisting(store, resources)),
      remove: (resource) => {
        const [found] = store.byUrn(resource.urn).filter(({ id }) => id === resource.id);
        if (found) store.delete(found.key);
      },
    },
    stop: async () => {
      store.close();
      await cloud.stop();
    },
  };
};

/**
 * Runs work on the cloud's file.
 *
 * @throws Failure `state-unreadable` when the file is damaged
 */
export function orUnreadable<Result>(stateDir: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "StoreDamaged") throw error;
    throw new Failure(
      "state-unreadable",
      `the embedded cloud cannot be read: ${path.join(stateDir, "cloud.db")} is damaged, or is not a database of the embedded cloud`,
      `restore the file, or discard the rehearsal by removing ${stateDir}: it holds nothing real`,
      error.message,
    );
  }
}
