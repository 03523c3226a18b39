import json, os, urllib.request

request = urllib.request.Request(
    "{{base}}/api/v1/me",
    headers={"Authorization": "Bearer " + os.environ["KEYTURN_SECRET"]})
with urllib.request.urlopen(request) as answer:
    print(json.load(answer))
