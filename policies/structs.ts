/**
 * How the pack reads the properties in the engine's requests. The library makes a message of every value, of which the SDK makes
 * plain values again; values that are plain at once take half of the time, and reading is most of what the pack does.
 */
import { createRequire } from "node:module";
import type { BinaryReader } from "google-protobuf";
import type { JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb.js";

type Fields = Record<string, JavaScriptValue>;

/** What the library makes of a struct on the wire, its messages left out: only `toJavaScript` can be asked of it. */
export function readStruct(struct: Struct, reader: BinaryReader): Struct {
  const fields = readFields(reader);
  struct.toJavaScript = () => fields;
  return struct;
}

/** Has all structs of this process read in this way. */
export function readStructsPlainly(): void {
  const { Struct: type } = createRequire(import.meta.url)(
    "google-protobuf/google/protobuf/struct_pb.js",
  );
  type.deserializeBinaryFromReader = readStruct;
}

// A struct is a map of values, a list one of values alone, each in a message of its own; numbers of fields are those of
// google/protobuf/struct.proto.
function readFields(reader: BinaryReader): Fields {
  const fields: Fields = {};
  while (reader.nextField()) {
    reader.readMessage(fields, () => {
      let key = "";
      let value: JavaScriptValue = null;
      while (reader.nextField()) {
        if (reader.getFieldNumber() === 1) key = reader.readString();
        else value = readInner(reader, readValue);
      }
      fields[key] = value;
    });
  }
  return fields;
}

function readList(reader: BinaryReader): JavaScriptValue[] {
  const values: JavaScriptValue[] = [];
  while (reader.nextField()) values.push(readInner(reader, readValue));
  return values;
}

function readValue(reader: BinaryReader): JavaScriptValue {
  let value: JavaScriptValue = null;
  while (reader.nextField()) {
    switch (reader.getFieldNumber()) {
      case 2:
        value = reader.readDouble();
        break;
      case 3:
        value = reader.readString();
        break;
      case 4:
        value = reader.readBool();
        break;
      case 5:
        value = readInner(reader, readFields);
        break;
      case 6:
        value = readInner(reader, readList);
        break;
      default:
        reader.skipField();
    }
  }
  return value;
}

function readInner(
  reader: BinaryReader,
  read: (reader: BinaryReader) => JavaScriptValue,
): JavaScriptValue {
  let value: JavaScriptValue = null;
  reader.readMessage(reader, () => {
    value = read(reader);
  });
  return value;
}
