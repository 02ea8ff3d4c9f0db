import type * as pulumi from "@pulumi/pulumi";

/** An outputs object before it is deployed: every leaf may still be an Output. */
export type Pending<T> = { readonly [Key in keyof T]: pulumi.Input<T[Key]> | Pending<T[Key]> };
