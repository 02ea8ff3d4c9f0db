/** Opens the embedded cloud of a rehearsal. It loads the schemas of the SDKs only then. */
import { Failure } from "../failure.ts";
import type { StartCloud } from "./served-cloud.ts";

const notADatabase = /not a database|malformed|disk image/;

/** Serves the cloud whose state is in a folder. @throws Failure `state-unreadable` when its file is damaged */
export const embeddedCloud: StartCloud = async ({ stateDir }) => {
  const [{ attachment, cloudFile, startCloud }, { existingStack, putExisting }, { Store }] =
    await Promise.all([
      import("../../simulator/cloud.ts"),
      import("../../simulator/existing.ts"),
      import("../../simulator/store.ts"),
    ]);
  const file = cloudFile(stateDir);
  try {
    const cloud = await startCloud({ stateDir });
    const store = new Store(file);
    return {
      attachment: attachment(cloud.port),
      inventory: {
        resources: () =>
          store
            .all()
            .map((resource) =>
              resource.stack === existingStack ? { ...resource, stack: "" } : resource,
            ),
        exist: (resources) => putExisting(store, resources),
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
  } catch (error) {
    if (!(error instanceof Error) || !notADatabase.test(error.message)) throw error;
    throw new Failure(
      "state-unreadable",
      `the embedded cloud cannot be read: ${file} is not a database of the embedded cloud`,
      `restore the file, or discard the rehearsal by removing ${stateDir}: it holds nothing real`,
      error.message,
    );
  }
};
