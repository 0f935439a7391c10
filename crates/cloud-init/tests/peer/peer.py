"""Says what cloud-init's own validator makes of texts, for the test that compares our verdict with it.

Takes the folder of cloud-init and of the packages that it needs. Writes a line with the version of cloud-init. Then
reads lines with a JSON list of texts in base64, and answers each with a line with a JSON list of verdicts. It reads no
file but those of that folder, writes none, and makes no connection.
"""

import base64
import json
import os
import sys
import warnings

warnings.simplefilter("ignore")
sys.path.insert(0, sys.argv[1])

from cloudinit import version
from cloudinit.config import schema

SCHEMA = schema.get_schema()

# How much of a message is told.
MOST_SHOWN = 1000


class Validator:
    """The validator of the command, which is given each text in place of a file's content."""

    def __init__(self):
        self.content = b""
        self.problems = None
        self.validate = schema.validate_cloudconfig_schema
        schema.load_file = lambda *_, **__: self.content
        schema.validate_cloudconfig_schema = self.watch

    def watch(self, *arguments, **options):
        try:
            self.validate(*arguments, **options)
        except schema.SchemaValidationError as problems:
            # The command prints deprecations, and raises only errors.
            self.problems = problems
            raise

    def verdict(self, content):
        self.content, self.problems = content, None
        try:
            schema.validate_cloudconfig_file(__file__, SCHEMA)
        except schema.SchemaValidationError as problems:
            return answer("refused", problems)
        except Exception as error:
            if type(error) is RuntimeError:
                return {"outcome": "refused", "errors": [["", str(error)]], "deprecations": []}
            return {"outcome": "crashed", "errors": [["", type(error).__name__]], "deprecations": []}
        return answer("accepted", self.problems)


def answer(outcome, problems):
    errors = problems and problems.schema_errors or []
    deprecations = problems and problems.schema_deprecations or []
    return {"outcome": outcome, "errors": shown(errors), "deprecations": shown(deprecations)}


def shown(problems):
    return sorted({(printable(problem.path), printable(problem.message)[:MOST_SHOWN]) for problem in problems})


def printable(text):
    # Half of a surrogate pair has no place in UTF-8.
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)


if __name__ == "__main__":
    validator = Validator()
    answers = sys.stdout
    # What the validator prints is no answer.
    with open(os.devnull, "w") as sys.stdout:
        print(json.dumps(version.version_string()), file=answers, flush=True)
        for line in sys.stdin.buffer:
            texts = map(base64.b64decode, json.loads(line))
            print(json.dumps([validator.verdict(text) for text in texts]), file=answers, flush=True)
