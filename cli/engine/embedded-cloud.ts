/** The embedded cloud, opened for a rehearsal. Loaded only when one is opened: it brings the SDKs' schemas with it. */
import { Failure } from "../failure.ts";
import type { StartCloud } from "./served-cloud.ts";

const notADatabase = /not a database|malformed|disk image/;

/** Serves the cloud that stands in a folder. @throws Failure `state-unreadable` when its file is broken */
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
        standing: () =>
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
      `the embedded cloud cannot be read: ${file} is not one of its files`,
      `restore the file, or give the rehearsal up by removing ${stateDir}: nothing real is in it`,
      error.message,
    );
  }
};
