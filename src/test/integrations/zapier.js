'use strict';

// Validates the app by Zapier's own packages, and runs each of its operations against the server.

const assert = require('node:assert/strict');
const crypto = require('node:crypto');

// Zapier's core then fails where it else only writes into its log: for results without an id, for example.
process.env.NODE_ENV = 'test';
const zapier = require('zapier-platform-core');
const app = require('../../../integrations/zapier');
const { CLIENT_ID, CLIENT_SECRET, SERVER, call, main, receiver } = require('./keyturn');

const handler = zapier.createAppHandler(app);
const ran = new Set();
const authData = { base_url: `${SERVER}/`, client_id: CLIENT_ID, client_secret: CLIENT_SECRET };

/** Runs a function of the app in Zapier's core. */
const run = async (method, bundle) => (await handler({ command: 'execute', method, bundle })).results;

/** Runs a function of an operation as Zapier does: after a 401 it fetches a new session and tries again. */
const operate = async (kind, key, bundle = {}, name = 'perform') => {
  ran.add(`${kind}.${key}`);
  const method = `${kind}.${key}.operation.${name}`;
  try {
    return await run(method, { authData, ...bundle });
  } catch (error) {
    if (error.name !== 'RefreshAuthError') {
      throw error;
    }
    await connect();
    return run(method, { authData, ...bundle });
  }
};

const connect = async () => Object.assign(authData, await run('authentication.sessionConfig.perform', { authData }));

const definitionIsValid = async () => {
  const { results } = await handler({ command: 'validate' });
  assert.deepEqual(results, []);
};

const connectionIsMade = async () => {
  await assert.rejects(
    run('authentication.sessionConfig.perform', { authData: { ...authData, client_secret: 'wrong' } }),
    { name: 'ExpiredAuthError' },
  );
  await assert.rejects(
    run('authentication.sessionConfig.perform', { authData: { ...authData, base_url: 'http://192.0.2.1' } }),
    /must begin with https/,
  );
  await connect();
  const inputData = await run('authentication.test', { authData });
  const label = await run('authentication.connectionLabel', { authData, inputData });
  assert.equal(label, `${inputData.api_key} (${inputData.organisation})`);
};

const dropDownsAreFilled = async () => {
  const berlin = await call('POST', '/locations', { name: 'Berlin' });
  const sales = await call('POST', '/departments', { name: 'Sales' });
  await call('POST', '/custom-fields', { name: 'colour', type: 'choice', choices: ['red', 'blue'] });
  const lists = Object.keys(app.triggers).filter((key) => app.triggers[key].display.hidden);
  const rows = {};
  for (const key of lists) {
    rows[key] = await operate('triggers', key);
  }
  assert.deepEqual(rows.location_list, [{ id: berlin.id, name: 'Berlin' }]);
  assert.deepEqual(rows.department_list, [{ id: sales.id, name: 'Sales' }]);
  assert.equal(rows.country_list.find(({ id }) => id === 'DE').name, 'Germany');
  assert.ok(rows.currency_list.some(({ id }) => id === 'EUR'));
  const fields = await operate('creates', 'create_supplier', {}, 'inputFields');
  assert.deepEqual(fields.find(({ key }) => key === 'custom_field_colour').choices, ['red', 'blue']);
  return berlin;
};

/** As Zapier hands over what it received. */
const rawRequest = ({ headers, content }) => ({
  method: 'POST',
  querystring: '',
  headers: Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [`Http-${name.replace(/\b[a-z]/g, (c) => c.toUpperCase())}`, value]),
  ),
  content,
});

const suppliersAreToldOf = async (hooks, berlin) => {
  const subscriptions = {};
  for (const key of ['new_supplier', 'updated_supplier']) {
    subscriptions[key] = await operate('triggers', key, { targetUrl: hooks.url(`/${key}`) }, 'performSubscribe');
  }
  const created = await operate('creates', 'create_supplier', {
    inputData: {
      name: 'Nordwind {{Logistics}}',
      external_id: 'ERP,1',
      vat_number: 'DE 136 695 976',
      street: 'Hafenstraße 1\nTor 3',
      city: 'Berlin',
      country: 'DE',
      contact_name: 'Ada Example',
      categories: ['cpv:60100000'],
      locations: [berlin.id],
      tags: ['freight'],
      custom_field_colour: 'red',
      website: '',
    },
  });
  assert.equal(created.name, 'Nordwind {{Logistics}}');
  assert.equal(created.status, 'unapproved');
  assert.deepEqual(created.addresses[0].lines, ['Hafenstraße 1', 'Tor 3']);
  assert.deepEqual(created.custom_fields, { colour: 'red' });
  assert.equal(created.locations[0].name, 'Berlin');

  const told = await hooks.next('/new_supplier');
  const bundle = { subscribeData: subscriptions.new_supplier, rawRequest: rawRequest(told) };
  assert.deepEqual(await operate('triggers', 'new_supplier', bundle), [created]);
  const forged = { ...bundle.rawRequest, content: told.content.replace('supplier.created', 'supplier.create_') };
  await assert.rejects(operate('triggers', 'new_supplier', { ...bundle, rawRequest: forged }), { name: 'HaltedError' });
  const late = (seconds) => ({ ...bundle, rawRequest: rawRequest(signed(bundle.subscribeData.secret, told.content, seconds)) });
  assert.equal((await operate('triggers', 'new_supplier', late(60 * 60))).length, 1);
  await assert.rejects(operate('triggers', 'new_supplier', late(25 * 60 * 60)), { name: 'HaltedError' });
  for (const [key, name] of [['new_supplier', 'performList'], ['new_supplier_polling', 'perform']]) {
    assert.deepEqual(await operate('triggers', key, {}, name), [created]);
  }
  assert.deepEqual(await operate('triggers', 'updated_supplier_polling'), []);

  await updateKeepsWhatIsNotGiven(created);
  const version = { subscribeData: subscriptions.updated_supplier, rawRequest: rawRequest(await hooks.next('/updated_supplier')) };
  const [updated] = await operate('triggers', 'updated_supplier', version);
  assert.equal(updated.id, created.id);
  assert.ok(updated.version > created.version);
  assert.deepEqual(await operate('triggers', 'updated_supplier', {}, 'performList'), [updated]);
  assert.deepEqual(await operate('triggers', 'updated_supplier_polling'), [updated]);

  for (const key of ['new_supplier', 'updated_supplier']) {
    await operate('triggers', key, { subscribeData: subscriptions[key] }, 'performUnsubscribe');
    await operate('triggers', key, { subscribeData: subscriptions[key] }, 'performUnsubscribe');
  }
  assert.deepEqual((await call('GET', '/webhooks')).data, []);
  return updated;
};

const updateKeepsWhatIsNotGiven = async (created) => {
  await call('PATCH', `/suppliers/${created.id}`, { contacts: [...created.contacts, { name: 'Bo Example' }] }, { 'If-Match': '*' });
  const updated = await operate('creates', 'update_supplier', {
    inputData: { supplier_id: created.id, city: 'Hamburg', contact_email: 'ada@nordwind.example', tags: ['sea'] },
  });
  assert.deepEqual({ ...updated.addresses[0], city: 'Berlin' }, created.addresses[0]);
  assert.deepEqual(updated.contacts.map(({ name, email }) => [name, email]), [
    ['Ada Example', 'ada@nordwind.example'],
    ['Bo Example', null],
  ]);
  assert.deepEqual(updated.tags, ['sea']);
  assert.deepEqual(updated.identifiers, created.identifiers);
  await assert.rejects(
    operate('creates', 'update_supplier', { inputData: { supplier_id: created.id, vat_number: 'DE1' } }),
    (error) => {
      const { message, code, status } = JSON.parse(error.message.split('\n')[0]);
      assert.match(message, /identifiers/);
      assert.deepEqual([code, status], ['invalid', 422]);
      return true;
    },
  );
};

const suppliersAreFoundAndApproved = async (supplier) => {
  await call('POST', '/suppliers', { name: 'Another Nordwind {{Logistics}}' });
  const byName = await operate('searches', 'find_supplier_by_name', { inputData: { name: 'nordwind {{logistics}}' } });
  assert.deepEqual(byName.map(({ name }) => name), [supplier.name, 'Another Nordwind {{Logistics}}']);
  assert.deepEqual(byName[0], supplier);
  const byId = await operate('searches', 'find_supplier_by_external_id', { inputData: { external_id: 'ERP,1' } });
  assert.deepEqual(byId, [supplier]);
  assert.deepEqual(await operate('searches', 'find_supplier_by_external_id', { inputData: { external_id: 'ERP' } }), []);

  assert.ok((await operate('triggers', 'unapproved_supplier_list')).some(({ id }) => id === supplier.id));
  const inputData = { supplier_id: supplier.id, reason: 'All papers are there' };
  assert.equal((await operate('creates', 'approve_supplier', { inputData })).status, 'active');
  await assert.rejects(operate('creates', 'approve_supplier', { inputData }), /"code":"conflict"/);
};

/** A delivery as Keyturn sends it, which was sent so many seconds ago. */
const signed = (secret, content, age = 0) => {
  const timestamp = Math.floor(Date.now() / 1000) - age;
  const signature = crypto
    .createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update(`evt_1.${timestamp}.${content}`)
    .digest('base64');
  return {
    headers: { 'webhook-id': 'evt_1', 'webhook-timestamp': `${timestamp}`, 'webhook-signature': `v1,AAAA v1,${signature}` },
    content,
  };
};

const expiringKeysAreToldOf = async (hooks) => {
  const inDays = (days) => new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString();
  const wish = (name, days) => ({ name, scopes: ['suppliers:read'], expires_at: inDays(days) });
  const { api_key: soon } = await call('POST', '/api-keys', wish('soon', 10.5));
  await call('POST', '/api-keys', wish('later', 15.5));
  const [told] = await operate('triggers', 'key_expiring_polling');
  assert.deepEqual([told.name, told.notice, told.days_left], ['soon', 14, 10]);
  assert.deepEqual(await operate('triggers', 'key_expiring', {}, 'performList'), [told]);
  await eachNoticeIsARowOfItsOwn(soon, inDays, told);
  assert.doesNotMatch(JSON.stringify(told), /kt_|secret/);

  const subscribeData = await operate('triggers', 'key_expiring', { targetUrl: hooks.url('/key') }, 'performSubscribe');
  // Nobody waits for days here, so the delivery is signed by this test.
  const event = { type: 'api_key.expiring', data: { object: { type: 'api_key', id: soon.id }, details: { days: '14' } } };
  const delivery = (content) => rawRequest(signed(subscribeData.secret, JSON.stringify(content)));
  assert.deepEqual(
    await operate('triggers', 'key_expiring', { subscribeData, rawRequest: delivery(event) }),
    [told],
  );
  const test = { subscribeData, rawRequest: delivery({ ...event, type: 'webhook.test' }) };
  assert.deepEqual(await operate('triggers', 'key_expiring', test), []);
  event.data.object.id = crypto.randomUUID();
  assert.deepEqual(await operate('triggers', 'key_expiring', { subscribeData, rawRequest: delivery(event) }), []);
  await operate('triggers', 'key_expiring', { subscribeData }, 'performUnsubscribe');
};

/** Zapier tells of each row once, by the values of its primary fields. */
const eachNoticeIsARowOfItsOwn = async (key, inDays, first) => {
  const { outputFields } = app.triggers.key_expiring_polling.operation;
  const primary = outputFields.filter((field) => field.primary).map((field) => field.key);
  assert.deepEqual(primary, ['id', 'expires_at', 'notice']);
  for (const [days, notice] of [[2.5, 3], [0.5, 1]]) {
    await call('PATCH', `/api-keys/${key.id}`, { expires_at: inDays(days) }, { 'If-Match': '*' });
    const [told] = await operate('triggers', 'key_expiring_polling');
    assert.deepEqual([told.name, told.notice], ['soon', notice]);
  }
  await call('PATCH', `/api-keys/${key.id}`, { expires_at: first.expires_at }, { 'If-Match': '*' });
};

const dailyRefreshIsLivedThrough = async () => {
  const before = authData.sessionKey;
  const { secret_number: replaces } = await call('GET', '/me');
  await call('POST', '/api-keys/self/refresh', { replaces, grace_period: 'PT0S' });
  await assert.rejects(run('triggers.location_list.operation.perform', { authData }), { name: 'RefreshAuthError' });
  assert.equal((await operate('triggers', 'location_list')).length, 1);
  assert.notEqual(authData.sessionKey, before);
};

main(async () => {
  await definitionIsValid();
  await connectionIsMade();
  const hooks = await receiver();
  const berlin = await dropDownsAreFilled();
  await suppliersAreFoundAndApproved(await suppliersAreToldOf(hooks, berlin));
  await expiringKeysAreToldOf(hooks);
  await dailyRefreshIsLivedThrough();
  hooks.close();
  const all = ['triggers', 'creates', 'searches'].flatMap((kind) => Object.keys(app[kind]).map((key) => `${kind}.${key}`));
  assert.deepEqual(all.filter((each) => !ran.has(each)), []);
  return 'Zapier: every operation works';
});
