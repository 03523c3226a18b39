#!/usr/bin/env bash
# Creates a key, uses it, narrows it, reads its usage, and revokes it. Needs curl and jq.
#
#   KEYTURN_URL     default http://localhost:9080
#   KEYTURN_SECRET  of a key with the scopes api-keys:read, api-keys:manage and suppliers:read
set -euo pipefail

api="${KEYTURN_URL:-http://localhost:9080}/api/v1"
body=$(mktemp) head=$(mktemp)
trap 'rm -f "$body" "$head"' EXIT

# call METHOD PATH [curl's own options …]: fails with the problem's detail.
call() {
  local method=$1 path=$2 status
  shift 2
  # curl reads the secret from a file, because all users of a machine can see the arguments of its programs.
  status=$(curl -sS -X "$method" "$api$path" -o "$body" -D "$head" -w '%{http_code}' \
    -H @<(printf 'Authorization: Bearer %s\n' "${secret:-$KEYTURN_SECRET}") \
    -H 'Content-Type: application/json' "$@")
  if [ "$status" -ge 400 ]; then
    echo "$method $path: $status $(jq -r '.detail' "$body")" >&2
    return 1
  fi
}

# An Idempotency-Key makes it safe to send the same request again.
call POST /api-keys -H "Idempotency-Key: example-$(date +%s)-$$" -d '{
  "name": "example '"$$ $(date +%s)"'",
  "environment": "test",
  "scopes": ["suppliers:read"],
  "refresh_interval": "P7D",
  "requests_per_minute": 600,
  "burst": 50
}'
id=$(jq -r .api_key.id "$body")
new_secret=$(jq -r .secret "$body")
echo "created $id"

# The new key does its work.
secret=$new_secret call GET '/suppliers?limit=1&count=true'
echo "sees $(jq -r .page.total "$body") suppliers"

# If-Match keeps two administrators from undoing each other's changes.
call GET "/api-keys/$id"
etag=$(tr -d '\r' <"$head" | sed -n 's/^[Ee][Tt][Aa][Gg]: //p')
call PATCH "/api-keys/$id" -H "If-Match: $etag" -d '{"requests_per_day": 10000, "burst": null}'
echo "narrowed to $(jq -r .requests_per_day "$body") requests a day"

call GET "/api-keys/$id/usage"
echo "used $(jq '[.hours[] | .status_2xx] | add // 0' "$body") times"

call POST /api-keys/revoke -d '{"ids": ["'"$id"'"], "reason": "the example is over"}'
echo "revoked $(jq -r '.revoked[0].id' "$body")"
