'use strict';

// Sends the collection by Bruno's own command line, and then the collection that Bruno makes of the OpenAPI document.

const assert = require('node:assert/strict');
const { execFile } = require('node:child_process');
const fs = require('node:fs/promises');
const os = require('node:os');
const path = require('node:path');
const { promisify } = require('node:util');
const { CLIENT_ID, CLIENT_SECRET, SERVER, main, token } = require('./keyturn');

const WRITTEN = path.join(__dirname, '../../../integrations/bruno');
const BRU = path.join(process.env.NODE_PATH, '@usebruno/cli/bin/bru.js');

const bru = (cwd, ...parameters) => promisify(execFile)(process.execPath, [BRU, ...parameters], { cwd });

/** Runs requests of a collection; answers how many were answered with one of the wanted statuses. */
async function run(collection, environment, variables, requests, wanted) {
  const report = path.join(await fs.mkdtemp(path.join(os.tmpdir(), 'bruno-')), 'report.json');
  const set = Object.entries(variables).flatMap(([name, value]) => ['--env-var', `${name}=${value}`]);
  const { stdout } = await bru(collection, 'run', ...requests, '-r', '--env', environment, ...set, '--reporter-json', report)
    .catch((failure) => failure);
  const results = JSON.parse(await fs.readFile(report, 'utf8').catch(() => assert.fail(stdout))).flatMap((each) => each.results);
  for (const { test, response, error, assertionResults } of results) {
    const name = JSON.stringify(test ?? '');
    assert.ok(wanted(response.status), `${name}: ${response.status} ${error ?? ''} ${JSON.stringify(response.data)}`);
    assert.ok((assertionResults ?? []).every(({ status }) => status === 'pass'), `${name}: ${JSON.stringify(assertionResults)}`);
  }
  return results.length;
}

const reads = async (folder) =>
  (await fs.readdir(folder, { recursive: true }))
    .filter((file) => /(Get List of|Get the Calling|Tell That).*\.yml$/.test(file))
    .filter((file) => !/Organisations|Deliveries|'s /.test(file));

main(async () => {
  const variables = { base_url: SERVER, client_id: CLIENT_ID, client_secret: CLIENT_SECRET };
  const files = (await fs.readdir(WRITTEN, { recursive: true })).filter((file) => /\/.*\.bru$/.test(file));
  const sent = await run(WRITTEN, 'Keyturn', variables, [], (status) => status < 500);
  assert.equal(sent, files.filter((file) => !file.startsWith('environments')).length);

  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'bruno-'));
  await bru(folder, 'import', 'openapi', '--source', `${SERVER}/openapi.json`, '--output', folder, '--collection-name', 'Keyturn');
  const made = path.join(folder, 'Keyturn');
  const secret = await token(`${SERVER}/api/v1/oauth/token`, CLIENT_ID, CLIENT_SECRET);
  const requests = await reads(made);
  assert.ok(requests.length > 10, requests.join());
  const answered = await run(made, 'This platform', { baseUrl: SERVER, token: secret }, requests, (status) => status === 200);
  assert.equal(answered, requests.length);
  return 'Bruno: every request is answered';
});
