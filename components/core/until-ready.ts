/** Waiting for custom resources, of which the Kubernetes provider knows nothing: a deployment ends when their operator is done. */

/** The annotation of an object whose operator reports the condition `Ready`. */
export const untilReady = { "pulumi.com/waitFor": "condition=Ready" } as const;

/** Volumes, images and elections take longer than the ten minutes that the provider waits otherwise. */
export const readyTimeouts = { create: "30m", update: "30m" } as const;

/** A database of some terabytes, restored from an archive at some 100 MB/s. The provider continues to wait when it is run again. */
export const restoreTimeouts = { create: "6h", update: "30m" } as const;
