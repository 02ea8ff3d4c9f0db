/**
 * Converts property bags from and to the engine's format. Inside the cloud a bag is plain JSON; its secrets are listed separately as
 * JSON pointers (RFC 6901), and an unknown value is the SDK's sentinel string.
 */
import struct from "google-protobuf/google/protobuf/struct_pb.js";

const { ListValue, NullValue, Struct, Value } = struct;
type Struct = struct.Struct;
type Value = struct.Value;

/** Signatures of Pulumi's wire format; same as in `@pulumi/pulumi/runtime/rpc`, which takes half a second to load. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** Unknown values of other types, which older SDKs distinguish: bool, number, array, asset, archive, object. */
const TYPED_UNKNOWNS = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

export type Bag = Record<string, unknown>;

/** A bag with the pointers of its secrets. */
export interface Wired {
  readonly values: Bag;
  readonly secrets: readonly string[];
}

export function isBag(value: unknown): value is Bag {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads a message's bag; a missing one is empty. */
export function decode(message: Struct | undefined): Wired {
  const secrets: string[] = [];
  const values = message === undefined ? {} : decodeStruct(message, "", secrets);
  return { values, secrets };
}

function decodeStruct(message: Struct, at: string, secrets: string[]): Bag {
  const bag: Bag = {};
  message.getFieldsMap().forEach((value, key) => {
    bag[key] = decodeValue(value, `${at}/${pointerPart(key)}`, secrets);
  });
  return bag;
}

function decodeValue(value: Value, at: string, secrets: string[]): unknown {
  switch (value.getKindCase()) {
    case Value.KindCase.BOOL_VALUE:
      return value.getBoolValue();
    case Value.KindCase.NUMBER_VALUE:
      return value.getNumberValue();
    case Value.KindCase.STRING_VALUE: {
      const text = value.getStringValue();
      return TYPED_UNKNOWNS.has(text) ? UNKNOWN : text;
    }
    case Value.KindCase.LIST_VALUE:
      return (value.getListValue()?.getValuesList() ?? []).map((item, index) =>
        decodeValue(item, `${at}/${index}`, secrets),
      );
    case Value.KindCase.STRUCT_VALUE:
      return decodeObject(value.getStructValue() ?? new Struct(), at, secrets);
    default:
      return null;
  }
}

function decodeObject(message: Struct, at: string, secrets: string[]): unknown {
  const fields = message.getFieldsMap();
  const element = fields.get("value");
  switch (fields.get(SIGNATURE)?.getStringValue()) {
    case SECRET:
      secrets.push(at);
      return element === undefined ? null : decodeValue(element, at, secrets);
    case OUTPUT:
      if (fields.get("secret")?.getBoolValue()) secrets.push(at);
      return element === undefined ? UNKNOWN : decodeValue(element, at, secrets);
    case RESOURCE: {
      const id = fields.get("id")?.getStringValue();
      return id === "" ? UNKNOWN : (id ?? fields.get("urn")?.getStringValue() ?? null);
    }
    // An asset or archive keeps its signature, so that it is encoded as one again.
    default:
      return decodeStruct(message, at, secrets);
  }
}

/** Writes a bag; values at or below a secret pointer are marked. */
export function encode({ values, secrets }: Wired): Struct {
  return encodeStruct(values, "", new Set(secrets));
}

function encodeStruct(bag: Bag, at: string, secrets: ReadonlySet<string>): Struct {
  const message = new Struct();
  const fields = message.getFieldsMap();
  for (const [key, value] of Object.entries(bag)) {
    if (value !== undefined)
      fields.set(key, encodeValue(value, `${at}/${pointerPart(key)}`, secrets));
  }
  return message;
}

function encodeValue(value: unknown, at: string, secrets: ReadonlySet<string>): Value {
  if (!secrets.has(at)) return encodePlain(value, at, secrets);
  const wrapped = new Struct();
  wrapped.getFieldsMap().set(SIGNATURE, textValue(SECRET));
  wrapped.getFieldsMap().set("value", encodePlain(value, at, secrets));
  const message = new Value();
  message.setStructValue(wrapped);
  return message;
}

function encodePlain(value: unknown, at: string, secrets: ReadonlySet<string>): Value {
  const message = new Value();
  if (typeof value === "string") message.setStringValue(value);
  else if (typeof value === "number") message.setNumberValue(value);
  else if (typeof value === "boolean") message.setBoolValue(value);
  else if (Array.isArray(value)) {
    const list = new ListValue();
    list.setValuesList(value.map((item, index) => encodeValue(item, `${at}/${index}`, secrets)));
    message.setListValue(list);
  } else if (isBag(value)) message.setStructValue(encodeStruct(value, at, secrets));
  else message.setNullValue(NullValue.NULL_VALUE);
  return message;
}

function textValue(text: string): Value {
  const message = new Value();
  message.setStringValue(text);
  return message;
}

function pointerPart(key: string): string {
  return key.includes("~") || key.includes("/")
    ? key.replaceAll("~", "~0").replaceAll("/", "~1")
    : key;
}

/** Whether a value is or contains an unknown value. */
export function hasUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isBag(value) && Object.values(value).some(hasUnknown);
}
