'use strict';

// Runs each reading request of the server's Postman collection by Postman's own runner.

const assert = require('node:assert/strict');
const newman = require('newman');
const { CLIENT_ID, CLIENT_SECRET, SERVER, SOON, call, main, token } = require('./keyturn');

/** An object of each kind, so that each address with an id leads somewhere. */
const ids = async () => {
  const supplier = await call('POST', '/suppliers', { name: 'Nordwind Logistics' });
  const { webhook } = await call('POST', '/webhooks', { url: 'https://erp.example.com/hooks', enabled: false });
  const { api_key: key } = await call('GET', '/me');
  const form = new FormData();
  form.set('file', new Blob(['name\nSüdwind\n'], { type: 'text/csv' }), 'suppliers.csv');
  const response = await fetch(`${SERVER}/api/v1/supplier-imports`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${await token()}` },
    body: form,
  });
  let imported = await response.json();
  assert.equal(response.status, 202, JSON.stringify(imported));
  const until = Date.now() + SOON;
  while (!imported.finished_at) {
    assert.ok(Date.now() < until, 'the import does not finish');
    imported = await call('GET', `/supplier-imports/${imported.id}`);
  }
  return { suppliers: supplier.id, webhooks: webhook.id, 'api-keys': key.id, 'supplier-imports': imported.id };
};

const isOperators = ({ auth }) => JSON.stringify(auth ?? {}).includes('operator_token');

/** It has no end. */
const isStream = (address) => address.endsWith('/events/stream');

const readingRequests = (folder, known) => ({
  ...folder,
  item: folder.item
    .filter(({ request }) => request.method === 'GET' && !isOperators(request) && !isStream(request.url.raw))
    .map((item) => {
      const { url } = item.request;
      url.variable.forEach((each) => {
        each.value = known[url.path[url.path.indexOf(`:${each.key}`) - 1]];
        assert.ok(each.value, `${url.raw} needs an id`);
      });
      // The proxy's own key, which is the same here.
      const verifier = item.request.header.find(({ key }) => key === 'X-Keyturn-Verifier');
      Object.assign(verifier ?? {}, { value: '{{secret}}', disabled: false });
      return item;
    }),
});

/** The request for a token, as the guide tells to fill it in. */
const tokenRequest = (collection) => {
  const item = collection.item.flatMap((folder) => folder.item).find(({ request }) => request.url.raw.endsWith('/oauth/token'));
  item.request.body.urlencoded = [{ key: 'grant_type', value: 'client_credentials' }];
  return item;
};

const run = (collection, values) =>
  new Promise((resolve, reject) =>
    newman.run(
      { collection, envVar: Object.entries(values).map(([key, value]) => ({ key, value })) },
      (error, summary) => (error ? reject(error) : resolve(summary.run.executions)),
    ),
  );

/** How many operations of the OpenAPI document only read, and are not the platform operator's. */
const readingOperations = async () => {
  const { paths } = await (await fetch(`${SERVER}/openapi.json`)).json();
  return Object.entries(paths).filter(([path, { get }]) => get && !isStream(path) && !get.security?.some(({ operator }) => operator)).length;
};

main(async () => {
  const collection = await (await fetch(`${SERVER}/postman.json`)).json();
  const known = await ids();
  const requests = collection.item.map((folder) => readingRequests(folder, known)).filter(({ item }) => item.length);
  const tokens = { name: 'Token', item: [tokenRequest(collection)] };
  const executions = await run(
    { ...collection, item: [tokens, ...requests] },
    { secret: await token(), client_id: CLIENT_ID, client_secret: CLIENT_SECRET },
  );
  const failed = executions
    .filter(({ response }) => !String(response?.code).startsWith('2'))
    .map(({ item, response, requestError }) => `${item.name}: ${requestError ?? `${response.code} ${response.text()}`}`);
  assert.deepEqual(failed, []);
  assert.equal(executions.length, 1 + (await readingOperations()));
  return 'Postman: every reading request is answered';
});
