"""Says what PyYAML makes of texts, for the test that compares our parser with it.

Writes a line with the version of Python. Then reads lines with a JSON list of texts, and answers each with a line with
a JSON list of strings.
"""

import datetime
import json
import re
import struct
import sys

import yaml

# Numbers with more digits are not compared, only that there are so many.
MOST_DIGITS = 4300


def index(mark):
    return None if mark is None else mark.index


def answer(text):
    try:
        value = yaml.safe_load(text)
    except yaml.reader.ReaderError as error:
        return refusal("Reader", None, None, str(error).split("\n")[0], error.position, str(error))
    except yaml.MarkedYAMLError as error:
        stage = "Constructor" if isinstance(error, yaml.constructor.ConstructorError) else "Parser"
        # PyYAML prints only the second of two equal places.
        begun = error.context_mark if error.context_mark is not None else error.problem_mark
        begun = index(begun) if error.context is not None else None
        place = error.problem_mark
        report = [str(error), place.line + 1, place.column + 1]
        return refusal(stage, error.context, begun, error.problem, index(place), *report)
    except RecursionError:
        return "crash RecursionError"
    except Exception as error:
        # Half of a surrogate pair, which is shown as an escape, has no place in our texts.
        shown = re.sub(r"(?<!\\)\\ud[89a-f][0-9a-f]{2}", "\ufffd", str(error))
        return f"crash {type(error).__name__}: {shown}"
    limits = sys.getrecursionlimit(), sys.get_int_max_str_digits()
    sys.setrecursionlimit(100_000)
    sys.set_int_max_str_digits(0)
    try:
        return "value " + show(value, {})
    finally:
        sys.setrecursionlimit(limits[0])
        sys.set_int_max_str_digits(limits[1])


def refusal(stage, *what):
    return f"{stage} {json.dumps(what, ensure_ascii=False)}"


def show(value, seen):
    """Values with their types. Lists and the like have numbers, so that loops end."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**MOST_DIGITS else "huge"
    if isinstance(value, float):
        return "nan" if value != value else "float " + struct.pack(">d", value).hex()
    if isinstance(value, str):
        return show_text(value)
    if isinstance(value, bytes):
        return "bytes " + value.hex()
    if isinstance(value, datetime.datetime):
        offset = value.utcoffset()
        zone = "" if offset is None else f" {int(offset.total_seconds()) // 60}"
        return f"{value.replace(tzinfo=None).isoformat(timespec='microseconds')}{zone}"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "(" + ", ".join(show(item, seen) for item in value) + ")"
    if id(value) in seen:
        return f"*{seen[id(value)]}"
    seen[id(value)] = len(seen)
    if isinstance(value, list):
        return "[" + ", ".join(show(item, seen) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(show(key, seen) + ": " + show(item, seen) for key, item in value.items()) + "}"
    return "set(" + ", ".join(sorted(show(item, seen) for item in value)) + ")"


def show_text(text):
    # Half of a surrogate pair has no place in UTF-8.
    return "text " + "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)


if __name__ == "__main__":
    if yaml.__version__ != "6.0.3":
        sys.exit(f"this is PyYAML {yaml.__version__}")
    print(json.dumps("%d.%d" % sys.version_info[:2]), flush=True)
    for line in sys.stdin.buffer:
        print(json.dumps([answer(text) for text in json.loads(line)]), flush=True)
