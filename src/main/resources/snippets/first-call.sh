curl -H "Authorization: Bearer {{secret}}" \
  {{base}}/api/v1/me
