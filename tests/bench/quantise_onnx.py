#!/usr/bin/env python3
"""Quantises the products with constant weights of an ONNX file to 8 bits, for bench_onnxruntime.js.

quantise_onnx.py MODEL.onnx QUANTISED.onnx (needs Debian's python3-onnx)

The result has the operators that ONNX Runtime's dynamic quantisation makes and its optimiser fuses into one kernel:
activations become unsigned bytes as they come (DynamicQuantizeLinear, once for all products that share one), weights are
signed bytes with a scale a matrix, and MatMulInteger's sums are scaled back. Tables of embeddings stay as they are.
"""

import sys

import numpy
import onnx
from onnx import helper, numpy_helper


def quantise(model):
    graph = model.graph
    constants = {tensor.name: tensor for tensor in graph.initializer}
    nodes = []
    activations = {}
    replaced = 0
    for node in graph.node:
        if node.op_type != "MatMul" or node.input[1] not in constants:
            nodes.append(node)
            continue
        activation, weight_name = node.input
        if activation not in activations:
            names = [f"{activation}_{part}" for part in ("quantised", "scale", "zero")]
            nodes.append(helper.make_node("DynamicQuantizeLinear", [activation], names))
            activations[activation] = names
        quantised, scale, zero = activations[activation]
        weight = numpy_helper.to_array(constants.pop(weight_name))
        weight_scale = numpy.float32(numpy.abs(weight).max() / 127)
        added = {
            f"{weight_name}_quantised": numpy.clip(numpy.rint(weight / weight_scale), -127, 127).astype(numpy.int8),
            f"{weight_name}_scale": weight_scale,
            f"{weight_name}_zero": numpy.int8(0),
        }
        for name, value in added.items():
            constants[name] = numpy_helper.from_array(numpy.asarray(value), name)
        output = node.output[0]
        of_weight = [f"{weight_name}_{part}" for part in ("quantised", "scale", "zero")]
        nodes += [
            helper.make_node("MatMulInteger", [quantised, of_weight[0], zero, of_weight[2]], [f"{output}_sums"]),
            helper.make_node("Cast", [f"{output}_sums"], [f"{output}_float"], to=onnx.TensorProto.FLOAT),
            helper.make_node("Mul", [scale, of_weight[1]], [f"{output}_scale"]),
            helper.make_node("Mul", [f"{output}_float", f"{output}_scale"], [output]),
        ]
        replaced += 1
    del graph.node[:]
    graph.node.extend(nodes)
    del graph.initializer[:]
    graph.initializer.extend(constants.values())
    return replaced


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: quantise_onnx.py MODEL.onnx QUANTISED.onnx")
    model = onnx.load(sys.argv[1])
    replaced = quantise(model)
    onnx.checker.check_model(model)
    onnx.save(model, sys.argv[2])
    print(f"{replaced} products quantised")


if __name__ == "__main__":
    main()
