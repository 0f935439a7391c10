"""Reads lists of messages in JSON, one list a line, and answers with what Python's `email` makes of each."""
import email
import json
import sys



def entities(text):
    """The entities of a message, or none: some parameters make `email` raise an exception."""
    found = []
    for entity in email.message_from_string(text).walk():
        # What stands where parts should be is nobody's.
        is_text = isinstance(entity.get_payload(), str) and entity.get_content_maintype() != "multipart"
        decoded = entity.get_payload(decode=True) if is_text else None
        found.append({
            "type": entity.get_content_type(),
            "boundary": entity.get_boundary(),
            "name": entity.get_filename(),
            "body": entity.get_payload() if is_text else None,
            "decoded": list(decoded) if decoded is not None else None,
        })
    return found


def answer(text):
    try:
        return entities(text)
    except TypeError:
        return None


for line in sys.stdin:
    print(json.dumps([answer(text) for text in json.loads(line)]), flush=True)
