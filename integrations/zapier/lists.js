'use strict';

const { allRows, list, page } = require('./keyturn');

/** A hidden trigger, which is how Zapier fills a drop-down. */
const dropDown = (key, noun, rows) => ({
  key,
  noun,
  display: {
    label: `List of ${noun}`,
    description: `Fills the drop-down of ${noun.toLowerCase()}.`,
    hidden: true,
  },
  operation: { type: 'polling', perform: rows },
});

const entry = ({ id, name }) => ({ id, name });

/** Locations and departments, which come in pages. */
const units = (path) => async (z, bundle) => (await allRows(z, bundle, path)).map(entry);

/** Reference lists, which come whole and take no parameters. */
const references = (name) => async (z, bundle) => {
  const answer = await list(z, bundle, `/reference-lists/${name}`);
  return answer.data.map(entry);
};

/** The suppliers that were changed last. A list of all would be too long for a drop-down; a search step finds the others. */
const suppliers = (status) => async (z, bundle) => {
  const answer = await page(z, bundle, '/suppliers', { status, sort: '-updated_at', fields: 'name,number' });
  return answer.data.map(({ id, name, number }) => ({ id, name: `${name} (${number})` }));
};

module.exports = [
  dropDown('location_list', 'Locations', units('/locations')),
  dropDown('department_list', 'Departments', units('/departments')),
  dropDown('category_list', 'Categories', references('categories')),
  dropDown('country_list', 'Countries', references('countries')),
  dropDown('currency_list', 'Currencies', references('currencies')),
  dropDown('industry_list', 'Industries', references('industries')),
  dropDown('payment_terms_list', 'Payment Terms', references('payment-terms')),
  dropDown('user_list', 'Users', references('users')),
  dropDown('supplier_list', 'Suppliers', suppliers('active,unapproved,rejected')),
  dropDown('unapproved_supplier_list', 'Unapproved Suppliers', suppliers('unapproved')),
];
