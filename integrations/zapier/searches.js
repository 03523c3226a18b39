'use strict';

const { page } = require('./keyturn');
const { ALL_FIELDS, supplier: sample } = require('./samples');

const LONGEST = 100;

const find = async (z, bundle, params) => {
  const answer = await page(z, bundle, '/suppliers', { status: 'all', fields: ALL_FIELDS, ...params });
  return answer.data;
};

/** Names that are equal come first, because Zapier takes the first result. */
const byName = async (z, bundle) => {
  const name = bundle.inputData.name.trim();
  const rank = (supplier) => (supplier.name.toLowerCase() === name.toLowerCase() ? 0 : 1);
  const found = await find(z, bundle, { q: name.slice(0, LONGEST) });
  return found.sort((a, b) => rank(a) - rank(b));
};

/** In the parameter `external_id`, a comma separates alternatives, unless a backslash stands before it. */
const byExternalId = async (z, bundle) => {
  const id = bundle.inputData.external_id.trim();
  const found = await find(z, bundle, { external_id: id.replace(/[\\,]/g, '\\$&') });
  return found.filter((supplier) => supplier.external_id === id);
};

const search = (key, label, description, field, perform) => ({
  key,
  noun: 'Supplier',
  display: { label, description },
  operation: { perform, inputFields: [{ type: 'string', required: true, ...field }], sample },
});

module.exports = [
  search(
    'find_supplier_by_name',
    'Find Supplier by Name',
    'Finds suppliers whose name, legal name, number or identifiers contain a text. Equal names come first.',
    { key: 'name', label: 'Name' },
    byName,
  ),
  search(
    'find_supplier_by_external_id',
    'Find Supplier by External ID',
    'Finds the supplier that has this id in your own system.',
    { key: 'external_id', label: 'External ID' },
    byExternalId,
  ),
];
