'use strict';

const { supplierData, supplierFields } = require('./fields');
const { address, explained, json } = require('./keyturn');
const { supplier: sample } = require('./samples');

const ATTEMPTS = 3;

const supplierField = (list) => ({
  key: 'supplier_id',
  label: 'Supplier',
  type: 'string',
  required: true,
  dynamic: `${list}.id.name`,
  search: 'find_supplier_by_external_id.id',
  helpText: 'The drop-down has the suppliers that were changed last. A search step finds the others.',
});

const create = async (z, bundle) => {
  const response = await z.request({
    method: 'POST',
    url: address(bundle, '/suppliers'),
    ...json(supplierData(bundle.inputData)),
  });
  return response.data;
};

/**
 * Changes the fields that are given. An address or a contact is changed within the list that the supplier has; so the list is
 * read before, and read again if somebody changes the supplier meanwhile.
 */
const update = async (z, bundle) => {
  const url = address(bundle, `/suppliers/${encodeURIComponent(bundle.inputData.supplier_id)}`);
  let answer;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const current = await z.request({ url });
    const { headers, body } = json(supplierData(bundle.inputData, current.data));
    answer = await z.request({
      method: 'PATCH',
      url,
      headers: { ...headers, 'If-Match': current.getHeader('etag') },
      body,
      skipThrowForStatus: true,
    });
    if (answer.status !== 412) {
      break;
    }
  }
  answer.skipThrowForStatus = false;
  explained(answer, z);
  answer.throwForStatus();
  return answer.data;
};

const approve = async (z, bundle) => {
  const { supplier_id: id, reason } = bundle.inputData;
  const response = await z.request({
    method: 'POST',
    url: address(bundle, `/suppliers/${encodeURIComponent(id)}/approve`),
    ...json(reason ? { reason } : {}),
  });
  return response.data;
};

module.exports = [
  {
    key: 'create_supplier',
    noun: 'Supplier',
    display: { label: 'Create Supplier', description: 'Creates a supplier, which waits for its approval.' },
    operation: { perform: create, inputFields: supplierFields(true), sample },
  },
  {
    key: 'update_supplier',
    noun: 'Supplier',
    display: {
      label: 'Update Supplier',
      description: 'Changes the fields of a supplier that you fill in. A list, such as the tags, is replaced as a whole.',
    },
    operation: { perform: update, inputFields: [supplierField('supplier_list'), ...supplierFields(false)], sample },
  },
  {
    key: 'approve_supplier',
    noun: 'Supplier',
    display: { label: 'Approve Supplier', description: 'Approves a supplier that waits for its approval.' },
    operation: {
      perform: approve,
      inputFields: [
        supplierField('unapproved_supplier_list'),
        { key: 'reason', label: 'Reason', type: 'string', helpText: 'For the history of the supplier.' },
      ],
      sample: { ...sample, status: 'active' },
    },
  },
];
