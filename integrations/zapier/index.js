'use strict';

const { version } = require('./package.json');
const { authentication, withSecret } = require('./authentication');
const creates = require('./creates');
const { explained } = require('./keyturn');
const lists = require('./lists');
const searches = require('./searches');
const triggers = require('./triggers');

const byKey = (operations) => Object.fromEntries(operations.map((each) => [each.key, each]));

module.exports = {
  version,
  platformVersion: require('zapier-platform-core').version,
  authentication,
  beforeRequest: [withSecret],
  afterResponse: [explained],
  triggers: byKey([...triggers, ...lists]),
  searches: byKey(searches),
  creates: byKey(creates),
  searchOrCreates: {
    // Zapier wants the key of the search here.
    find_supplier_by_external_id: {
      key: 'find_supplier_by_external_id',
      display: {
        label: 'Find or Create Supplier',
        description: 'Finds a supplier by its external id, or creates it.',
      },
      search: 'find_supplier_by_external_id',
      create: 'create_supplier',
    },
  },
  // A text of a supplier may contain two curly braces.
  flags: { cleanInputData: false },
};
