/** Accessors of the values in a node, made from the layout. */
import { arrayNode } from "../array-node.ts";
import type { ScalarStorage, Storage } from "../storage-layout.ts";
import { describe } from "./addresses.ts";
import { ArrayKind } from "./array-kind.ts";
import type { CodecContext } from "./codec-context.ts";
import { embeddedCodec, inPlaceCodec, tailCodec } from "./in-place-codecs.ts";
import type { Codec } from "./node-kind.ts";
import { nullCodec, objectCodec, pointerCodec, valueCodec } from "./pointer-codecs.ts";
import { SCALARS } from "./scalars.ts";
import { stringCodec, textCodec } from "./string-codecs.ts";

/** What reads and writes a value of that storage. */
export function codecOf(context: CodecContext, storage: Storage<never>): Codec {
  const { heap, label } = context;
  switch (storage[0]) {
    case "embedded":
      return embeddedCodec(context, storage[1], storage[2]);
    case "numbers": {
      const [, type, count] = storage;
      return inPlaceCodec(context, () => heap.kind(type), { size: count * type.elementSize, holdsValues: false });
    }
    case "elements": {
      const [, element, count, elementSize] = storage;
      const codec = codecOf(context, element);
      const type = arrayNode(
        label,
        elementSize,
        1,
        () => null,
        () => element,
      );
      const kind = new ArrayKind(heap, type, codec);
      return inPlaceCodec(context, () => kind, {
        size: count * elementSize,
        holdsValues: codec.holdsValues,
        initializes: codec.initializes,
      });
    }
    case "tail":
      return tailCodec(context, storage[1], storage[2]);
    case "text8":
    case "text16":
      return textCodec(context, storage[0] === "text8" ? 1 : 2, storage[1]);
    case "tail8":
    case "tail16":
      return textCodec(context, storage[0] === "tail8" ? 1 : 2, undefined, storage[1]);
    case "pointer":
      return pointerCodec(context, storage[1], storage[2]);
    case "string8":
    case "string16":
      return stringCodec(context, storage[0] === "string8" ? 1 : 2, storage[1]);
    case "value":
      return valueCodec(context, codecOf(context, storage[1]));
    case "object":
      return objectCodec(context);
    case "null":
      return nullCodec(context);
    default:
      return scalarCodec(context, storage[0]);
  }
}

function scalarCodec({ heap, label }: CodecContext, name: ScalarStorage): Codec {
  const scalar = SCALARS[name];
  const { size } = scalar;
  return {
    size,
    holdsValues: false,
    initializes: false,
    read: (_owner, address) => scalar.read(heap.view(address + size), address),
    write(_owner, address, value) {
      if (!scalar.write(heap.view(address + size), address, value))
        throw new TypeError(`${label}: ${describe(value)} is not of type ${name}`);
    },
  };
}
