import { DescribedNode } from "../memory/described-node.ts";
import type { NodeType } from "../memory/node-type.ts";
import type { Conversion } from "./conversion.ts";

/**
 * The node type of storage that routines of the application fill: the stub allocates and frees it, and nothing that it points to. That is
 * for the free routine.
 *
 * @param presented node type of the same storage where no conversion stands before it
 */
export function convertedNode<Routines extends object, Presented extends object>(
  conversion: Conversion<Routines, Presented>,
  presented: NodeType<Presented>,
): NodeType<Presented> {
  return new DescribedNode(
    {
      name: conversion.name,
      size: presented.size,
      alignment: presented.alignment,
      create: (cBytes) => presented.create(cBytes),
      converted: (node, visit) => {
        visit(conversion, node);
      },
    },
    presented.layout,
  );
}

/**
 * The zeroed value of a type that the IDL does not declare: null, although its type does not say so. Converting it fails, in the routine of
 * the application, until it is set.
 */
export function unsetLocal(): never;
export function unsetLocal(): null {
  return null;
}
