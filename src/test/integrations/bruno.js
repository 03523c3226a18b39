'use strict';

// Sends the collection by Bruno's own command line, and then the collection that Bruno makes of the OpenAPI document.

const assert = require('node:assert/strict');
const { execFile } = require('node:child_process');
const fs = require('node:fs/promises');
const os = require('node:os');
const path = require('node:path');
const { promisify } = require('node:util');
const { bruToEnvJsonV2 } = require('@usebruno/lang');
const { CLIENT_ID, CLIENT_SECRET, SERVER, main, token } = require('./keyturn');

const WRITTEN = path.join(__dirname, '../../../integrations/bruno');
const BRU = path.join(process.env.NODE_PATH, '@usebruno/cli/bin/bru.js');

const bru = (cwd, ...parameters) => promisify(execFile)(process.execPath, [BRU, ...parameters], { cwd });

/** Runs requests of a collection, all where none is named. Answers the results. */
async function run(collection, report, environment, variables, requests) {
  const set = Object.entries(variables).flatMap(([name, value]) => ['--env-var', `${name}=${value}`]);
  const { stdout } = await bru(collection, 'run', ...requests, '-r', '--env', environment, ...set, '--reporter-json', report)
    .catch((failure) => failure);
  return JSON.parse(await fs.readFile(report, 'utf8').catch(() => assert.fail(stdout))).flatMap((each) => each.results);
}

const reads = async (folder) =>
  (await fs.readdir(folder, { recursive: true }))
    .filter((file) => /(Get List of|Get the Calling|Tell That).*\.yml$/.test(file))
    .filter((file) => !/Organisations|Deliveries|'s /.test(file));

main(async () => {
  const variables = { base_url: SERVER, client_id: CLIENT_ID, client_secret: CLIENT_SECRET };
  const environment = bruToEnvJsonV2(await fs.readFile(path.join(WRITTEN, 'environments', 'Keyturn.bru'), 'utf8')).variables;
  assert.deepEqual(environment.map(({ name }) => name), Object.keys(variables));
  assert.deepEqual(environment.filter(({ secret }) => secret).map(({ name }) => name), ['client_id', 'client_secret']);

  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'bruno-'));
  const files = (await fs.readdir(WRITTEN, { recursive: true })).filter((file) => /\/.*\.bru$/.test(file));
  const sent = await run(WRITTEN, path.join(folder, 'written.json'), 'Keyturn', variables, []);
  assert.equal(sent.length, files.filter((file) => !file.startsWith('environments')).length);
  for (const { test, response, assertionResults } of sent) {
    const said = `${JSON.stringify(test)}: ${response.status} ${JSON.stringify(response.data)} ${JSON.stringify(assertionResults)}`;
    assert.equal(assertionResults[0].lhsExpr, 'res.status', said);
    assert.ok(assertionResults.every(({ status }) => status === 'pass'), said);
  }

  await bru(folder, 'import', 'openapi', '--source', `${SERVER}/openapi.json`, '--output', folder, '--collection-name', 'Keyturn');
  const made = path.join(folder, 'Keyturn');
  const requests = await reads(made);
  assert.ok(requests.length > 10, requests.join());
  const answered = await run(made, path.join(folder, 'made.json'), 'This platform', { baseUrl: SERVER, token: await token() }, requests);
  assert.equal(answered.length, requests.length);
  for (const { test, response } of answered) {
    assert.equal(response.status, 200, `${JSON.stringify(test)}: ${JSON.stringify(response.data)}`);
  }
  await fs.rm(folder, { recursive: true });
  return 'Bruno: every request is answered';
});
