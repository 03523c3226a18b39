'use strict';

// Reads the collection by Bruno's own parser, and sends its requests in their order.

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { bruToEnvJsonV2, bruToJsonV2, collectionBruToJson } = require('@usebruno/lang');
const { CLIENT_ID, CLIENT_SECRET, SERVER, main, token } = require('./keyturn');

const FOLDER = path.join(__dirname, '../../../integrations/bruno');

const read = (...names) => fs.readFileSync(path.join(FOLDER, ...names), 'utf8');

const requestsOf = (folder) =>
  fs
    .readdirSync(path.join(FOLDER, folder))
    .map((file) => bruToJsonV2(read(folder, file)))
    .sort((a, b) => a.meta.seq - b.meta.seq);

main(async () => {
  const { variables } = bruToEnvJsonV2(read('environments', 'Keyturn.bru'));
  assert.deepEqual(variables.filter(({ secret }) => secret).map(({ name }) => name), ['client_id', 'client_secret']);
  const values = { base_url: SERVER, client_id: CLIENT_ID, client_secret: CLIENT_SECRET };
  assert.deepEqual(variables.map(({ name }) => name), Object.keys(values));
  const filled = (text) =>
    text.replace(/{{(.*?)}}/g, (whole, name) => values[name] ?? assert.fail(`nothing is known of ${whole}`));

  const { auth } = collectionBruToJson(read('collection.bru'));
  assert.deepEqual([auth.mode, auth.oauth2.grantType], ['oauth2', 'client_credentials']);
  const [address, id, secret] = [auth.oauth2.accessTokenUrl, auth.oauth2.clientId, auth.oauth2.clientSecret].map(filled);
  const bearer = `${auth.oauth2.tokenHeaderPrefix} ${await token(address, id, secret)}`;

  const folders = fs.readdirSync(FOLDER).filter((each) => each !== 'environments' && !each.includes('.'));
  const files = folders.flatMap(requestsOf);
  for (const { meta, http, body, vars, assertions } of files) {
    assert.equal(http.auth, 'inherit');
    const response = await fetch(filled(http.url), {
      method: http.method.toUpperCase(),
      headers: { Authorization: bearer, ...(body && { 'Content-Type': 'application/json' }) },
      body: body && filled(body.json),
    });
    const res = { status: response.status, body: await response.json() };
    const [{ name: asserted, value: wanted }] = assertions;
    assert.equal(asserted, 'res.status');
    assert.ok(wanted.match(/\d+/g).includes(`${res.status}`), `${meta.name}: ${res.status} ${JSON.stringify(res.body)}`);
    for (const { name: variable, value } of vars?.res ?? []) {
      values[variable] = value.match(/\w+/g).slice(1).reduce((from, key) => from[key], res);
    }
  }
  assert.ok(files.length > folders.length);
  return 'Bruno: every request is answered';
});
