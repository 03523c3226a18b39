"""Verifies a webhook with nothing but Python: the example of the guide, run by a test."""

import base64
import hashlib
import hmac
import json
import sys
import time


def verified(secret, headers, body):
    """The event, where the body was signed with the secret within the last five minutes."""
    if abs(time.time() - int(headers["webhook-timestamp"])) > 300:
        raise ValueError("the webhook is too old or too new")
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    for signature in headers["webhook-signature"].split(" "):
        if hmac.compare_digest(signature, "v1," + expected):
            return json.loads(body)
    raise ValueError("no signature is right")


if __name__ == "__main__":
    received = json.load(sys.stdin)
    try:
        event = verified(received["secret"], received["headers"], received["body"].encode())
        print("verified", event["type"])
    except ValueError as refused:
        print("refused:", refused)
