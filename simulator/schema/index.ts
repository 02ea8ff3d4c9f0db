/** The real providers' knowledge of resource types, as pure functions. */
export { refusedUpdate } from "./changes/index.ts";
export { checkArguments, checkInputs } from "./check.ts";
export type { CheckFailure } from "./check-failure.ts";
export { withDefaults } from "./defaults.ts";
export { checkKubernetes } from "./kubernetes/check.ts";
export { customKind, customKinds } from "./kubernetes/custom.ts";
export { isNamespaced } from "./kubernetes/scopes.ts";
export { type Gvk, groupOf, gvkOf, tokenOf } from "./kubernetes/token.ts";
export { isBuiltIn } from "./kubernetes/versions.ts";
export { invokeSchema, outputShape, resourceSchema } from "./load.ts";
export { didYouMean } from "./nearest.ts";
export { normalForm, typesWithForms } from "./normal-forms.ts";
export { type Change, plan } from "./plan.ts";
export type { Facts, InvokeSchema, Properties, Property, ResourceSchema, Shape } from "./shape.ts";
export { checkStructural } from "./structural/check.ts";
export { definitionBody } from "./structural/definition.ts";
export { childPath, unknownValue } from "./value.ts";
