'use strict';

const { list } = require('./keyturn');

const CUSTOM = 'custom_field_';
const TYPES = { text: 'string', number: 'number', boolean: 'boolean', date: 'string', choice: 'string' };

const SIMPLE = [
  'name',
  'external_id',
  'number',
  'legal_name',
  'type',
  'website',
  'description',
  'language',
  'currency',
  'payment_terms',
  'industry',
  'onboarding_status',
  'preferred',
];

const text = (key, label, more = {}) => ({ key, label, type: 'string', ...more });
const chosen = (key, label, lists, more = {}) => text(key, label, { dynamic: `${lists}.id.name`, ...more });

/** The organisation's own fields, as they are now. */
const customFields = async (z, bundle) => {
  const answer = await list(z, bundle, '/custom-fields');
  return answer.data.map(({ name, label, type, choices }) => ({
    key: CUSTOM + name,
    label,
    type: TYPES[type],
    ...(type === 'choice' && { choices }),
    ...(type === 'date' && { placeholder: '2026-01-31' }),
  }));
};

/** The fields of a supplier in the editor of a Zap. A field that is left empty is not sent. */
const supplierFields = (nameRequired) => [
  text('name', 'Name', { required: nameRequired }),
  text('external_id', 'External ID', {
    helpText: 'Its id in your own system. No two suppliers have the same, so a step that runs twice creates nothing twice.',
  }),
  text('number', 'Number', { helpText: 'If you leave it empty, a new supplier gets the next free number.' }),
  text('legal_name', 'Legal Name'),
  text('type', 'Type', { choices: { company: 'Company', individual: 'Individual' } }),
  text('vat_number', 'VAT Number', { placeholder: 'DE136695976' }),
  text('street', 'Street', { helpText: 'Of the primary address. Each line of it stands in a line of its own.' }),
  text('postal_code', 'Postal Code'),
  text('city', 'City'),
  chosen('country', 'Country', 'country_list'),
  text('contact_name', 'Contact Name', { helpText: 'Of the primary contact.' }),
  text('contact_email', 'Contact Email'),
  text('contact_phone', 'Contact Phone'),
  text('website', 'Website'),
  text('description', 'Description', { type: 'text' }),
  text('language', 'Language', { placeholder: 'de', helpText: 'A tag such as de or pt-BR.' }),
  chosen('currency', 'Currency', 'currency_list'),
  chosen('payment_terms', 'Payment Terms', 'payment_terms_list'),
  chosen('industry', 'Industry', 'industry_list'),
  chosen('categories', 'Categories', 'category_list', {
    list: true,
    helpText: 'A new category is its scheme, a colon and its code, such as cpv:60100000.',
  }),
  chosen('locations', 'Locations', 'location_list', { list: true, helpText: 'Your locations that it delivers to.' }),
  chosen('departments', 'Departments', 'department_list', { list: true }),
  chosen('owners', 'Owners', 'user_list', { list: true, helpText: 'The users who look after it.' }),
  text('tags', 'Tags', { list: true }),
  text('preferred', 'Preferred', { type: 'boolean' }),
  text('onboarding_status', 'Onboarding Status', {
    choices: {
      not_started: 'Not started',
      in_progress: 'In progress',
      to_review: 'To review',
      completed: 'Completed',
    },
  }),
  customFields,
];

const isGiven = (value) => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && !value.length);

const given = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => isGiven(value)));

const references = (ids) => (isGiven(ids) ? ids.map((id) => ({ id })) : undefined);

const category = (id) => {
  const colon = id.indexOf(':');
  return colon < 0 ? { code: id } : { scheme: id.slice(0, colon), code: id.slice(colon + 1) };
};

/** The list with other values in its primary entry. The API replaces whole lists, so the other entries are sent as they are. */
const withPrimary = (entries = [], values) => {
  if (!Object.keys(values).length) {
    return undefined;
  }
  const at = Math.max(
    entries.findIndex((each) => each.primary),
    0,
  );
  const { region, ...before } = entries[at] || {};
  const sameCountry = !values.country || values.country === before.country;
  const changed = { ...before, ...(sameCountry && isGiven(region) && { region }), ...values, primary: true };
  return entries.length ? entries.map((each, index) => (index === at ? changed : each)) : [changed];
};

/**
 * What is sent of a supplier.
 *
 * @param input the fields of the step
 * @param current the supplier as it is, or nothing for a new supplier
 */
const supplierData = (input, current = {}) => {
  const custom = Object.entries(given(input))
    .filter(([key]) => key.startsWith(CUSTOM))
    .map(([key, value]) => [key.slice(CUSTOM.length), value]);
  return given({
    ...Object.fromEntries(SIMPLE.map((key) => [key, input[key]])),
    tags: input.tags,
    locations: references(input.locations),
    departments: references(input.departments),
    owners: references(input.owners),
    categories: isGiven(input.categories) ? input.categories.map(category) : undefined,
    identifiers: isGiven(input.vat_number)
      ? [
          ...(current.identifiers || []).filter(({ scheme }) => scheme !== 'vat'),
          { scheme: 'vat', value: input.vat_number },
        ]
      : undefined,
    addresses: withPrimary(
      current.addresses,
      given({
        lines: isGiven(input.street) ? input.street.split(/\r?\n/) : undefined,
        postal_code: input.postal_code,
        city: input.city,
        country: input.country,
      }),
    ),
    contacts: withPrimary(
      current.contacts,
      given({ name: input.contact_name, email: input.contact_email, phone: input.contact_phone }),
    ),
    custom_fields: custom.length ? Object.fromEntries(custom) : undefined,
  });
};

module.exports = { supplierData, supplierFields };
