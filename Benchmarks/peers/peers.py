"""The work of PeerRates.swift done by other engines, in the same run. Prints a line for each: name, nanoseconds."""
import json
import sys
import time

FACTS = {"credit": 8_000_000, "interest": 348_000, "rate": 20}


def nanoseconds(work):
    """The best of five runs of at least 0.2 s, per call."""
    work()
    best = float("inf")
    for _ in range(5):
        rounds, start = 0, time.perf_counter_ns()
        while time.perf_counter_ns() - start < 200_000_000:
            work()
            rounds += 1
        best = min(best, (time.perf_counter_ns() - start) / rounds)
    return best


def bkflow(expressions):
    from bkflow_feel.api import parse_expression

    return nanoseconds(lambda: [parse_expression(text, FACTS) for text in expressions]) / len(expressions)


def zen_expressions(expressions):
    import zen

    compiled = [zen.compile_expression(text) for text in expressions]
    return nanoseconds(lambda: [each.evaluate(FACTS) for each in compiled]) / len(compiled)


def zen_table(table):
    import zen

    inputs = [{"id": f"i{n}", "name": name, "type": "expression", "field": name} for n, name in enumerate(table["inputs"])]
    outputs = [{"id": "o", "name": "share", "type": "expression", "field": "share"}]
    rules = []
    for number, rule in enumerate(table["rules"]):
        row = {"_id": f"r{number}", "o": rule["output"]}
        for n, cell in enumerate(rule["inputs"]):
            row[f"i{n}"] = "" if cell == "-" else cell
        rules.append(row)
    content = {"hitPolicy": "first", "inputs": inputs, "outputs": outputs, "rules": rules}
    graph = {
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode", "content": {"schema": ""}},
            {"id": "t", "name": "t", "type": "decisionTableNode", "content": content},
            {"id": "out", "name": "out", "type": "outputNode", "content": {"schema": ""}},
        ],
        "edges": [
            {"id": "a", "sourceId": "in", "targetId": "t", "type": "edge"},
            {"id": "b", "sourceId": "t", "targetId": "out", "type": "edge"},
        ],
    }
    decision = zen.ZenEngine().create_decision(json.dumps(graph))
    answer = decision.evaluate(FACTS)["result"]
    if str(answer.get("share")) != table["expected"]:
        sys.exit(f"zen-engine answers {answer}, not {table['expected']}")
    return nanoseconds(lambda: decision.evaluate(FACTS))


def main():
    work = json.load(sys.stdin)
    for name, measure in [
        ("bkflow-feel", lambda: bkflow(work["expressions"])),
        ("zen-expressions", lambda: zen_expressions(work["zenExpressions"])),
        ("zen-table", lambda: zen_table(work["table"])),
    ]:
        try:
            print(name, measure(), flush=True)
        except Exception as error:  # a peer that cannot be run is said, and the others go on
            print(name, "failed:", str(error).splitlines()[0], file=sys.stderr)


if __name__ == "__main__":
    main()
