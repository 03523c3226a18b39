'use strict';

const supplier = {
  id: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
  number: 'S-000123',
  external_id: 'ERP-40123',
  name: 'Nordwind Logistics',
  legal_name: 'Nordwind Logistics GmbH',
  type: 'company',
  status: 'unapproved',
  approval: null,
  onboarding_status: 'in_progress',
  hold: null,
  preferred: false,
  tags: ['freight'],
  custom_fields: { cost_centre: '4711' },
  locations: [{ id: '0b5a1d4c-9c0e-4b7f-8d6e-2a1b3c4d5e6f', name: 'Berlin' }],
  departments: [],
  owners: [],
  country: 'DE',
  addresses: [{ type: 'registered', lines: ['Hafenstraße 1'], postal_code: '10115', city: 'Berlin', country: 'DE', primary: true }],
  contacts: [{ name: 'Ada Example', email: 'ada@nordwind.example', phone: '+49 30 901820', primary: true }],
  identifiers: [{ scheme: 'vat', value: 'DE136695976', country: 'DE' }],
  categories: [{ scheme: 'cpv', code: '60100000', label: 'Road transport services' }],
  industry: 'Logistics',
  website: 'https://nordwind.example',
  description: null,
  language: 'de',
  currency: 'EUR',
  payment_terms: 'Net 30',
  scores: null,
  created_at: '2026-01-31T12:00:00Z',
  updated_at: '2026-01-31T12:00:00Z',
  archived_at: null,
  created_by: null,
  version: 1,
};

const expiringKey = {
  id: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
  name: 'ERP',
  environment: 'live',
  scopes: ['suppliers:read'],
  created_by: 'Ada Example',
  last_used_at: '2026-01-31T11:59:30Z',
  expires_at: '2026-02-03T12:00:00Z',
  notice: 3,
  days_left: 3,
};

// A list leaves out long members unless they are asked for.
const ALL_FIELDS = Object.keys(supplier).join(',');

module.exports = { ALL_FIELDS, expiringKey, supplier };
