import type * as pulumi from "@pulumi/pulumi";

/** An outputs object before deployment: every leaf may still be an Output. */
export type Pending<T> = { readonly [Key in keyof T]: pulumi.Input<T[Key]> | Pending<T[Key]> };
