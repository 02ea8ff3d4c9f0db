/**
 * Parts of the SDK that take most of an inventory's time and that mocks do not need: protobuf's form of values, which the process
 * converts and converts back, and the stack trace of every promise. Outputs and messages are the same.
 */
import debuggable from "@pulumi/pulumi/runtime/debuggable.js";
import structs, { type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";

type Values = Record<string, JavaScriptValue>;

/**
 * Applies to the whole process, in which a test may also run programs of the real engine: these need the forms on the wire.
 *
 * @returns ends it
 */
export function lightSdk(): () => void {
  const { fromJavaScript } = structs.Struct;
  const { debuggablePromise } = debuggable as unknown as Record<string, unknown>;
  structs.Struct.fromJavaScript = (values) => {
    const struct = new structs.Struct();
    struct.toJavaScript = () => copy(values) as Values;
    return struct;
  };
  Object.assign(debuggable, { debuggablePromise: (promise: unknown) => promise });
  return () => {
    structs.Struct.fromJavaScript = fromJavaScript;
    Object.assign(debuggable, { debuggablePromise });
  };
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== "object" || value === null) return value;
  const object: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) object[name] = copy(inner);
  return object;
}
