'use strict';

// Loads the workflows by n8n's own package, which also resolves their expressions, and runs their nodes against the server.
// The nodes themselves are played here, as far as the workflows use them: n8n's package of nodes is many times larger.

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { Workflow, executeFilter } = require('n8n-workflow');
const { CLIENT_ID, CLIENT_SECRET, SERVER, call, main, receiver, token } = require('./keyturn');

const FOLDER = path.join(__dirname, '../../../integrations/n8n');
const AsyncFunction = (async () => {}).constructor;

const executed = new Set();

const read = (file) => JSON.parse(fs.readFileSync(path.join(FOLDER, file), 'utf8'));

/** The credential as a person fills it in. */
const accessToken = () => {
  const [{ name, type, data }] = read('keyturn-credential.json');
  assert.deepEqual([name, type, data.grantType, data.authentication], ['Keyturn', 'oAuth2Api', 'clientCredentials', 'header']);
  return token(data.accessTokenUrl.replace('https://keyturn.example.com', SERVER), CLIENT_ID, CLIENT_SECRET);
};

const send = async (node, { url, method = 'GET', jsonBody, queryParameters }, query) => {
  assert.deepEqual([node.parameters.genericAuthType, node.credentials.oAuth2Api.name], ['oAuth2Api', 'Keyturn']);
  const address = new URL(url);
  (queryParameters?.parameters ?? []).concat(query).forEach(({ name, value }) => address.searchParams.set(name, value));
  const response = await fetch(address, {
    method,
    headers: { Authorization: `Bearer ${await accessToken()}`, 'Content-Type': 'application/json' },
    body: jsonBody && JSON.stringify(jsonBody),
  });
  const body = await response.json();
  assert.ok(response.ok, `${method} ${address}: ${JSON.stringify(body)}`);
  return { body, statusCode: response.status };
};

/** What the nodes do with their items. `resolve` resolves expressions for an item. */
const NODES = {
  set: (node, items, resolve) =>
    items.map((item, index) => {
      const { assignments, includeOtherFields } = resolve(node.parameters, index);
      const set = Object.fromEntries(assignments.assignments.map(({ name, value }) => [name, value]));
      return { ...item, json: { ...(includeOtherFields && item.json), ...set } };
    }),
  code: (node, items) =>
    new AsyncFunction('$input', 'require', node.parameters.jsCode).call(
      { helpers: { getBinaryDataBuffer: async (index, name) => Buffer.from(items[index].binary[name].data, 'base64') } },
      { first: () => items[0] },
      require,
    ),
  if: (node, items, resolve) => items.filter((item, index) => executeFilter(resolve(node.parameters.conditions, index))),
  httpRequest: async (node, items, resolve) => {
    const { options, ...parameters } = node.parameters;
    const pagination = options.pagination?.pagination;
    const answers = [];
    for (const index of items.keys()) {
      const resolved = resolve(parameters, index);
      let $response = {};
      do {
        const query = resolve(pagination?.parameters.parameters ?? [], index, { $response });
        $response = await send(node, resolved, query);
        answers.push({ json: $response.body });
      } while (pagination && !resolve(pagination.completeExpression, index, { $response }));
    }
    return answers;
  },
  splitOut: (node, items) => items.flatMap(({ json }) => json[node.parameters.fieldToSplitOut].map((each) => ({ json: each }))),
};

/** Runs a workflow from its trigger, which has these items. Answers the items of each node by its name. */
const execute = async (file, trigger, items, settings = {}) => {
  executed.add(file);
  const definition = read(file);
  const workflow = new Workflow({ ...definition, nodeTypes: { getByNameAndVersion: () => undefined } });
  workflow.getNode('Settings').parameters.assignments.assignments.forEach((each) => {
    each.value = { base_url: SERVER, ...settings }[each.name] ?? each.value;
  });
  const outputs = { [trigger]: items };
  const runData = {};
  const nodes = [];
  for (let name = trigger, next; name; name = next) {
    nodes.push(name);
    runData[name] = [
      { startTime: 0, executionTime: 0, executionIndex: nodes.length, source: [], data: { main: [outputs[name]] } },
    ];
    [next] = workflow.getChildNodes(name, 'main', 1);
    if (next) {
      const node = workflow.getNode(next);
      const input = outputs[name];
      const resolve = (value, index, keys = {}) =>
        workflow.expression.getParameterValue(
          structuredClone(value),
          { resultData: { runData } },
          0,
          index,
          node.name,
          input,
          'manual',
          keys,
        );
      outputs[next] = await NODES[node.type.replace('n8n-nodes-base.', '')](node, input, resolve);
    }
  }
  const others = definition.nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote').map(({ name }) => name);
  assert.deepEqual(nodes, others);
  return outputs;
};

const supplierIsWritten = async () => {
  const start = [{ json: {} }];
  const { 'Create or replace it': [{ json: created }] } = await execute('keyturn-write-supplier.json', 'Start', start);
  assert.deepEqual([created.external_id, created.name, created.country], ['N8N-1', 'Nordwind Logistics', 'DE']);
  const { 'Create or replace it': [{ json: again }] } = await execute('keyturn-write-supplier.json', 'Start', start);
  assert.deepEqual([again.id, again.version], [created.id, created.version]);
  return created;
};

const changedSuppliersAreListed = async (supplier) => {
  const rows = Array.from({ length: 100 }, (_, number) => ({ name: `Supplier ${number}` }));
  for (let hundreds = 0; hundreds < 2; hundreds++) {
    await call('POST', '/suppliers/bulk', { suppliers: rows });
  }
  const outputs = await execute('keyturn-changed-suppliers.json', 'Each hour', [{ json: {} }]);
  assert.equal(outputs['List the suppliers'].length, 2);
  assert.equal(new Set(outputs['One item each'].map(({ json }) => json.id)).size, 201);
  assert.ok(outputs['One item each'].some(({ json }) => json.id === supplier.id));
};

const eventsAreActedOn = async () => {
  const hooks = await receiver();
  const types = ['supplier.created'];
  const { webhook, secret } = await call('POST', '/webhooks', { url: hooks.url('/webhook/keyturn'), types });
  const created = await call('POST', '/suppliers', { name: 'Südwind' });
  const { headers, content } = await hooks.next('/webhook/keyturn');
  hooks.close();
  await call('DELETE', `/webhooks/${webhook.id}`);

  const item = (body) => ({
    json: { headers, params: {}, query: {}, body: JSON.parse(body) },
    binary: { data: { data: Buffer.from(body).toString('base64'), mimeType: 'application/json' } },
  });
  const run = (body) => execute('keyturn-events.json', 'Keyturn calls', [item(body)], { signing_secret: secret });
  const outputs = await run(content);
  assert.deepEqual(outputs['Get the supplier'], [{ json: created }]);
  await assert.rejects(run(content.replace('supplier.created', 'supplier.deleted')), /not signed by Keyturn/);
  headers['webhook-timestamp'] = `${headers['webhook-timestamp'] - 301}`;
  await assert.rejects(run(content), /not signed by Keyturn/);
};

main(async () => {
  await changedSuppliersAreListed(await supplierIsWritten());
  await eventsAreActedOn();
  const workflows = fs.readdirSync(FOLDER).filter((file) => file !== 'keyturn-credential.json');
  assert.deepEqual([...executed].sort(), workflows.sort());
  return 'n8n: every workflow runs';
});
