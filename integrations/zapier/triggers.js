'use strict';

const { address, allRows, json, page } = require('./keyturn');
const { ALL_FIELDS, expiringKey, supplier: sample } = require('./samples');
const { isSigned } = require('./signature');

const DAY = 24 * 60 * 60 * 1000;
// At so many days before its planned end a key is told of.
const NOTICES = [1, 3, 14];

/**
 * The event of a delivery that Keyturn has signed. Another request is halted, and is no error: whoever knows the address
 * could else make Zapier switch the Zap off by many errors.
 */
const deliveredEvent = (z, bundle) => {
  const request = bundle.rawRequest || {};
  const { secret } = bundle.subscribeData || {};
  if (!isSigned(secret, request, Date.now() / 1000)) {
    throw new z.errors.HaltedError('The request was not signed by Keyturn.');
  }
  return JSON.parse(request.content);
};

/** What an event is about, as it is now. Nothing if it is gone, or outside of the locations of the key. */
const objectOf = async (z, bundle, path, event) => {
  const response = await z.request({
    url: address(bundle, `${path}/${event.data.object.id}`),
    skipThrowForStatus: true,
  });
  if (response.status === 404) {
    return [];
  }
  response.throwForStatus();
  return [response.data];
};

const suppliers = (z, bundle, event) => objectOf(z, bundle, '/suppliers', event);

const newSuppliers = async (z, bundle) => {
  const answer = await page(z, bundle, '/suppliers', { status: 'all', sort: '-created_at', fields: ALL_FIELDS });
  return answer.data;
};

/** A supplier that was never changed since it was created is new, and not updated. */
const updatedSuppliers = async (z, bundle) => {
  const answer = await page(z, bundle, '/suppliers', { status: 'all', sort: '-updated_at', fields: ALL_FIELDS });
  return answer.data.filter((supplier) => supplier.updated_at !== supplier.created_at);
};

/** The last of the notices whose time has come. Nothing where it is too early for the first. */
const noticeOf = ({ expires_at: end }) => NOTICES.find((days) => Date.parse(end) - Date.now() <= days * DAY);

/** What a Zap is told of a key: its planned end, and nothing of its secret. */
const expiring = ({ id, name, environment, scopes, created_by: by, last_used_at: used, expires_at: end }, notice) => ({
  id,
  name,
  environment,
  scopes,
  created_by: by,
  last_used_at: used,
  expires_at: end,
  notice,
  days_left: Math.floor((Date.parse(end) - Date.now()) / DAY),
});

const keys = async (z, bundle, event) =>
  (await objectOf(z, bundle, '/api-keys', event))
    .filter((key) => key.expires_at)
    .map((key) => expiring(key, Number(event.data.details.days)));

const expiringKeys = async (z, bundle) =>
  (await allRows(z, bundle, '/api-keys', { status: 'active' }))
    .filter((key) => key.expires_at && noticeOf(key))
    .map((key) => expiring(key, noticeOf(key)));

const subscribe = (types, label) => async (z, bundle) => {
  const response = await z.request({
    method: 'POST',
    url: address(bundle, '/webhooks'),
    ...json({ url: bundle.targetUrl, description: `Zapier: ${label}`, types }),
  });
  return { id: response.data.webhook.id, secret: response.data.secret };
};

/** A webhook that is gone already is as good as deleted. */
const unsubscribe = async (z, bundle) => {
  const response = await z.request({
    method: 'DELETE',
    url: address(bundle, `/webhooks/${bundle.subscribeData.id}`),
    skipThrowForStatus: true,
  });
  if (response.status !== 404) {
    response.throwForStatus();
  }
  return {};
};

/**
 * Two triggers for the same: a webhook, which Keyturn calls within seconds; and a polling trigger for a Keyturn that cannot
 * call Zapier, or for a key without the scope `webhooks:manage`. The webhook's `performList`, which Zapier calls to show
 * examples, is the same list.
 */
const both = ({ key, noun, label, description, types, read, list, outputFields, sample: example }) => [
  {
    key,
    noun,
    display: { label, description: `Triggers when ${description}.` },
    operation: {
      type: 'hook',
      performSubscribe: subscribe(types, label),
      performUnsubscribe: unsubscribe,
      perform: async (z, bundle) => {
        const event = deliveredEvent(z, bundle);
        // The event of a test has another type.
        return types.includes(event.type) ? read(z, bundle, event) : [];
      },
      performList: list,
      outputFields,
      sample: example,
    },
  },
  {
    key: `${key}_polling`,
    noun,
    display: {
      label: `${label} (Polling)`,
      description: `Triggers when ${description}. Asks Keyturn from time to time, and needs no webhook.`,
    },
    operation: { type: 'polling', perform: list, outputFields, sample: example },
  },
];

module.exports = [
  ...both({
    key: 'new_supplier',
    noun: 'Supplier',
    label: 'New Supplier',
    description: 'a supplier is created',
    types: ['supplier.created'],
    read: suppliers,
    list: newSuppliers,
    outputFields: [{ key: 'id', label: 'ID', type: 'string', primary: true }],
    sample,
  }),
  ...both({
    key: 'updated_supplier',
    noun: 'Supplier',
    label: 'Updated Supplier',
    description: 'a supplier is changed, approved, rejected or archived',
    types: [
      'supplier.updated',
      'supplier.submitted',
      'supplier.approved',
      'supplier.rejected',
      'supplier.archived',
      'supplier.unarchived',
    ],
    read: suppliers,
    list: updatedSuppliers,
    // Each version of a supplier is told of once.
    outputFields: [
      { key: 'id', label: 'ID', type: 'string', primary: true },
      { key: 'version', label: 'Version', type: 'integer', primary: true },
    ],
    sample,
  }),
  ...both({
    key: 'key_expiring',
    noun: 'API Key',
    label: 'API Key Expiring',
    description: 'the planned end of an API key is near',
    types: ['api_key.expiring'],
    read: keys,
    list: expiringKeys,
    // Each notice is told of once, and a key whose end is moved anew.
    outputFields: [
      { key: 'id', label: 'ID', type: 'string', primary: true },
      { key: 'expires_at', label: 'Expires At', type: 'datetime', primary: true },
      { key: 'notice', label: 'Notice (Days Before)', type: 'integer', primary: true },
      { key: 'days_left', label: 'Days Left', type: 'integer' },
    ],
    sample: expiringKey,
  }),
];
