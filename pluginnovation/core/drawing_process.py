"""The helper that draws: a line of JSON in, a line of JSON out, until nobody asks any more.

Run by ``drawing.py`` by its path, with the folder of the fonts; it must not import anything of
the project.
"""

import json
import sys

import vl_convert


def main(fonts: str) -> None:
    vl_convert.register_font_directory(fonts)
    sys.stdin.reconfigure(encoding="utf-8")
    for line in sys.stdin:
        try:
            answer = {"result": vl_convert.svg_to_png(json.loads(line), scale=2).hex()}
        except Exception as fault:
            answer = {"error": str(fault)[:500]}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
