"""The helper that draws: a line of JSON in, a line of JSON out, until nobody asks any more.

Run by ``drawing.py`` by its path; it must not import anything of the project.
"""

import json
import sys

import vl_convert


def drawn(asked: dict) -> str:
    if asked["work"] == "png":
        return vl_convert.svg_to_png(asked["drawing"], scale=2).hex()
    return vl_convert.vegalite_to_svg(asked["specification"], **asked["options"])


def main() -> None:
    sys.stdin.reconfigure(encoding="utf-8")
    sys.stdout.reconfigure(encoding="utf-8")
    for line in sys.stdin:
        try:
            answer = {"result": drawn(json.loads(line))}
        except Exception as fault:
            answer = {"error": str(fault)[:500]}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
